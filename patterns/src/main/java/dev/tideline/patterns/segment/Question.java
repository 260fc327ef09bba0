package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.Predicate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a fact once, whichever leaves want to know.
 *
 * @param where null where every fact of the kind counts
 * @param leaves those that count it if the answer is yes
 */
record Question(@Nullable Predicate where, List<Leaf> leaves) {}
