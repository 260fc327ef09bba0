package dev.tideline.job.rules;

import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.rule.RuleDocument;
import java.io.Serializable;

/**
 * A document from a file, as the gate was told of it.
 *
 * @param key {@code kind/id}
 * @param file its name, relative to the folder
 * @param shipped whether it is of the catalogue
 * @param fingerprint of the document
 */
public record ToldRule(String key, String file, boolean shipped, int version, String fingerprint)
        implements Serializable {
    static ToldRule of(RuleDocument document, boolean shipped) {
        return new ToldRule(
                document.rule().header().key(),
                document.place().file(),
                shipped,
                document.rule().version(),
                Fingerprint.hex(document.json()));
    }
}
