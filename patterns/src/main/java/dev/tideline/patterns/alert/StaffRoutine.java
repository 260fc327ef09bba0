package dev.tideline.patterns.alert;

import java.io.Serializable;

/**
 * What support staff do where there is no record of what they did, as in a replay. The actions happen at their exact
 * instants, in the way of any {@link dev.tideline.patterns.fact.StaffAction}.
 *
 * @param acknowledgeAfterMillis after an alert opened, rose or was reopened
 * @param resolveAfterMillis after the last signal that the alert told of
 */
public record StaffRoutine(long acknowledgeAfterMillis, long resolveAfterMillis) implements Serializable {
    /** The name under which it acts. */
    public static final String BY = "routine";

    public StaffRoutine {
        if (acknowledgeAfterMillis < 0 || resolveAfterMillis < 0) {
            throw new IllegalArgumentException("staff cannot act before there is an alert: acknowledge after "
                    + acknowledgeAfterMillis + " ms, resolve after " + resolveAfterMillis + " ms");
        }
    }
}
