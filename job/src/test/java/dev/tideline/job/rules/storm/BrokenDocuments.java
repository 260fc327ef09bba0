package dev.tideline.job.rules.storm;

import dev.tideline.job.rules.storm.Change.Broken;
import dev.tideline.job.rules.storm.RuleSpec.Shape;
import java.util.List;
import java.util.Random;

/** What people get wrong in a rule that was right. */
final class BrokenDocuments {
    private BrokenDocuments() {}

    /** A new version of a pattern, with a mistake in it. */
    static Broken of(String id, int version, int slot, Random random) {
        String good = RuleSpec.live(Shape.SINGLE, id, version, slot, 50).json();
        List<Broken> all = List.of(
                new Broken(good.replace("\"20s\"", "\"20seconds\""), "/within"),
                new Broken(good.replace("AMBER", "ORANGE"), "/level"),
                new Broken(good.replace("context.value >= 50", "context.value >="), "/sequence/0/where"),
                new Broken(good.replace("context.slot ==", "contxt.slot =="), "/sequence/0/where"),
                new Broken(good.replace("\"cooldown\"", "\"cooldwon\""), "/cooldwon"),
                new Broken(good.replace("\"version\": " + version, "\"version\": \"new\""), "/version"),
                new Broken(good.replace(id, "another"), ""),
                new Broken(good.substring(0, good.length() / 2), ""));
        return all.get(random.nextInt(all.size()));
    }
}
