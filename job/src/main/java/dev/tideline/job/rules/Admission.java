package dev.tideline.job.rules;

import dev.tideline.patterns.check.Rules;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What speaks against letting a rule in that was read and found good by itself. */
final class Admission {
    /**
     * How much is kept.
     *
     * @param rules in force and waiting, taken together
     * @param characters of all documents, taken together
     */
    record Limits(int rules, long characters) {
        /** Those of a job. */
        static final Limits OF_A_JOB = new Limits(10_000, 64L << 20);
    }

    private final Limits limits;
    private final Map<String, RegisteredRule> inForce;
    private final Map<String, RegisteredRule> waiting;
    private final Circles circles;

    Admission(
            Limits limits, Map<String, RegisteredRule> inForce, Map<String, RegisteredRule> waiting, Circles circles) {
        this.limits = limits;
        this.inForce = inForce;
        this.waiting = waiting;
        this.circles = circles;
    }

    /**
     * Everything at once; empty if the rule may come in.
     *
     * @param newest the newest version of the rule that is kept; null if none is
     * @param characters of all documents that are kept
     */
    List<Objection> objections(RuleDocument document, @Nullable RegisteredRule newest, long characters) {
        List<Objection> objections = new ArrayList<>();
        if (newest != null && document.rule().version() <= newest.version()) {
            objections.add(versionDoesNotFollow(document.rule().version(), newest.version()));
        }
        if (newest == null && inForce.size() + waiting.size() >= limits.rules()) {
            objections.add(new Objection("", "there are " + limits.rules() + " rules already; remove one first"));
        }
        if (characters + document.json().length() > limits.characters()) {
            objections.add(new Objection(
                    "",
                    "all rules together would be longer than " + limits.characters()
                            + " characters; remove one first"));
        }
        RegisteredRule policy = otherPolicy(document.rule());
        if (policy != null) {
            objections.add(new Objection(
                    "",
                    "a second live policy; " + policy.key()
                            + " is in force, remove or disable that first, or use its id"));
        }
        List<String> circle = circles.closedBy(document.rule());
        if (!circle.isEmpty()) {
            objections.add(Objection.circle(circle));
        }
        objections.addAll(Objection.of(Rules.problems(document)));
        return objections;
    }

    private static Objection versionDoesNotFollow(int version, int newest) {
        String what = version == newest ? " is taken by another document" : " does not follow version " + newest;
        return new Objection("/version", "version " + version + what + "; raise the version");
    }

    private @Nullable RegisteredRule otherPolicy(Rule rule) {
        if (!(rule instanceof PolicyRule)
                || !rule.header().enabled()
                || rule.header().shadow()) {
            return null;
        }
        return inForce.values().stream()
                .filter(other -> other.rule() instanceof PolicyRule
                        && other.live()
                        && !other.key().equals(rule.header().key()))
                .findFirst()
                .orElse(null);
    }
}
