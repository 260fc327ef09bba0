package dev.tideline.job.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Short messages, no two alike: one to three sentences of some ten words, the same each time. */
final class Texts {
    private static final String[] WHO = {
        "I", "My sister", "Our whole team", "The new app", "Nobody at work", "My doctor", "The group", "My best friend"
    };
    private static final String[] DOES = {
        "really liked", "could not stand", "has finally finished", "keeps worrying about", "was quite happy with",
        "completely forgot", "does not understand", "slowly learned to trust", "gave up on", "was surprised by"
    };
    private static final String[] WHAT = {
        "the long meeting", "this week's exercise", "the breathing course", "a very sad film", "the weekly report",
        "the walk by the river", "a difficult exam", "the noisy neighbours", "a small success", "the night shift"
    };
    private static final String[] AFTER = {
        "because the days are so short now", "although it took far too much time", "and slept much better after that",
        "but the weather was awful again", "which made everything a little easier", "while the others went home early",
        "before the holidays even began", "and would gladly do it again"
    };
    private static final String[] HOW = {"today", "yesterday", "last Monday", "this morning", "at lunch", "once more"};

    private Texts() {}

    static List<String> of(int count) {
        Random random = new Random(2);
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < count) {
            List<String> sentences = new ArrayList<>();
            for (int sentence = random.nextInt(3); sentence >= 0; sentence--) {
                sentences.add(String.join(
                                " ",
                                one(WHO, random),
                                one(DOES, random),
                                one(WHAT, random),
                                one(HOW, random),
                                one(AFTER, random))
                        + ".");
            }
            texts.add(String.join(" ", sentences));
        }
        return List.copyOf(texts);
    }

    private static String one(String[] choice, Random random) {
        return choice[random.nextInt(choice.length)];
    }
}
