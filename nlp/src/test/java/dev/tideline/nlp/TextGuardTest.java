package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "An ordinary day.\nAnd another!",
                "It’s “fine” — naïve, even… 👨‍👩‍👧 ❤️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "https://example.org/a/rather/long/path?with=a&number=of&parameters=in&it=1"
            })
    void letsOrdinaryTextPassUnchanged(String text) {
        assertThat(TextGuard.guard(text)).isEqualTo(new TextGuard.Guarded(text, null));
    }

    @Test
    void cutsALongTextAfterAWholeWord() {
        String text = "abc" + " seven7".repeat(1000);

        TextGuard.Guarded guarded = TextGuard.guard(text);

        assertThat(guarded.text()).hasSize(5_996).endsWith(" seven7 ");
        assertThat(guarded.cut()).isEqualTo("all after the first 6000 characters");
    }

    @Test
    void keepsTheLastWordWhereTheCutFallsBehindIt() {
        String text = "abcde ".repeat(999) + "ending and more";

        assertThat(TextGuard.guard(text).text()).endsWith(" ending");
    }

    @Test
    void breaksUpLongRunsWithoutPartingSurrogates() {
        TextGuard.Guarded guarded = TextGuard.guard("x" + "😀".repeat(100) + " end");

        assertThat(guarded.cut()).isEqualTo("runs of more than 100 characters were broken up");
        assertThat(guarded.text().replace(" ", "")).isEqualTo("x" + "😀".repeat(100) + "end");
        assertThat(Arrays.stream(guarded.text().split(" ")).mapToInt(String::length))
                .allMatch(length -> length <= TextGuard.MAX_RUN + 1);
    }

    @Test
    void partsWordsAtWhatIsNoText() {
        TextGuard.Guarded guarded = TextGuard.guard("one\0two\ud83dthree\u0007four");

        assertThat(guarded.text()).isEqualTo("one two three four");
        assertThat(guarded.cut()).isEqualTo("characters that are no text");
    }

    @Test
    void joinsWordsAcrossWhatIsInvisible() {
        TextGuard.Guarded guarded = TextGuard.guard("\ufeffhope\u00adless, \u200ehope\u200bful");

        assertThat(guarded.text()).isEqualTo("hopeless, hopeful");
        assertThat(guarded.cut()).isEqualTo("characters that are no text");
    }

    @Test
    void makesEverySpaceAndLineEndAPlainOne() {
        TextGuard.Guarded guarded = TextGuard.guard("a\u00a0b\u3000c\td\re\u2028f\u0085g");

        assertThat(guarded).isEqualTo(new TextGuard.Guarded("a b c d\ne\nf\ng", null));
    }

    @Test
    void namesAllThatItDid() {
        assertThat(TextGuard.guard("\0" + "x".repeat(7_000)).cut())
                .isEqualTo("all after the first 6000 characters; characters that are no text; "
                        + "runs of more than 100 characters were broken up");
    }
}
