/**
 * Sequences, in the words and the meaning of Flink CEP, and the matches they find: by a small automaton where a sequence's shape
 * has one, by Flink CEP's NFA elsewhere. One {@link dev.tideline.patterns.sequence.SequenceMatcher} serves all rules, one
 * {@link dev.tideline.patterns.sequence.SequenceState} holds all that is open for a user.
 */
@NullMarked
package dev.tideline.patterns.sequence;

import org.jspecify.annotations.NullMarked;
