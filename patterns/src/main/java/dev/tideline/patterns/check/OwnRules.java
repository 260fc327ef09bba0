package dev.tideline.patterns.check;

import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleDocument;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules of one's own and the shipped ones beside them. An own rule takes the place of the shipped one of the same kind and
 * id; an own policy that is in force takes the place of the shipped one, whatever its id.
 *
 * @param shipped those that no own one takes the place of
 */
public record OwnRules(Reading own, Reading shipped) {

    /**
     * Puts them together.
     *
     * @param shipped the catalogue, or nothing where own rules stand alone
     */
    public static OwnRules beside(Reading shipped, Reading own) {
        boolean ownPolicy = own.documents().stream().anyMatch(OwnRules::isPolicyInForce);
        Set<String> replaced = own.documents().stream().map(OwnRules::key).collect(Collectors.toSet());
        Reading remaining =
                shipped.only(document -> !replaced.contains(key(document)) && !(ownPolicy && isPolicy(document)));
        return new OwnRules(own, remaining);
    }

    /** The shipped rules, then the own ones. */
    public Reading all() {
        return shipped.and(own);
    }

    /**
     * All that keeps them from being used together: also what an own rule does to a shipped one that names it.
     *
     * @return by file, line and column; empty if every rule can be used
     */
    public List<Problem> problems() {
        // A circle is told of the first rule that lies in it: of one that can be changed.
        return Rules.problems(own.and(shipped));
    }

    /** A policy that is only tried out, or switched off, takes nobody's place. */
    public static boolean isPolicyInForce(RuleDocument document) {
        Header header = document.rule().header();
        return isPolicy(document) && header.enabled() && !header.shadow();
    }

    private static boolean isPolicy(RuleDocument document) {
        return document.rule().header().kind() == Header.Kind.POLICY;
    }

    private static String key(RuleDocument document) {
        return document.rule().header().key();
    }
}
