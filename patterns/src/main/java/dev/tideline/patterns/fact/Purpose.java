package dev.tideline.patterns.fact;

/** What a person may allow or refuse to be done with what the platform sees. */
public enum Purpose {
    RISK_DETECTION,
    SEGMENTATION,
    TEXT_ANALYSIS;

    /** The name under which the purpose travels in a privacy request, such as {@code risk_detection}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
