package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "thanks!",
                "ok",
                "no",
                "cool app",
                "café",
                "so tired",
                "I WANT TO DIE",
                "i cant do this anymore",
                "idk lol",
                "soooo baaad",
                "10/10 would recommend",
                "Love it ❤️❤️",
                "Ten stars",
                "Terrible service, broken login, awful support",
                "meeting notes: budget roadmap hiring churn",
                "mood: low; sleep: 4h; energy: none; appetite: poor",
                "Der app is broken I think",
                "My name is José and I'm from São Paulo, feeling sad",
                "Bonjour everyone, I am new here",
                "Everyone would be better off without me."
            })
    void takesForEnglish(String text) {
        assertThat(Language.isEnglish(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "danke",
                "Ich will nicht mehr leben",
                "Das Meeting war gut",
                "Vielen Dank für die schnelle Hilfe",
                "Merci beaucoup",
                "Je ne veux plus vivre",
                "Estoy muy triste hoy",
                "La aplicación no funciona",
                "Eu não quero mais viver",
                "Sono molto stanco oggi",
                "Ik wil niet meer leven",
                "Jag orkar inte mer",
                "Nie chcę już żyć",
                "Yaşamak istemiyorum",
                "Aku ingin mati saja",
                "Nu mai vreau să trăiesc",
                "Už nechci žít",
                "En jaksa enää elää",
                "Tôi không muốn sống nữa",
                "Ayoko na mabuhay pa",
                "Nem akarok tovább élni, nagyon szomorú vagyok"
            })
    void takesForAnotherLanguageInLatinLetters(String text) {
        assertThat(Language.isEnglish(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Я больше не хочу жить",
                "我不想活了",
                "مرحبا كيف حالك",
                "Δεν θέλω να ζω",
                "मैं मरना चाहता हूँ",
                "Сегодня the день был хороший и тёплый"
            })
    void takesForAnotherLanguageByItsLetters(String text) {
        assertThat(Language.isEnglish(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "123 456", "!!!", "😀😀", "qwe rtz uio pas dfg hjk lyx"})
    void findsNoEnglishWhereThereAreNoWords(String text) {
        assertThat(Language.isEnglish(text)).isFalse();
    }
}
