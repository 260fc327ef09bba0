/** The life cycle of an alert: levels, policy, cooldowns, due times; pure. */
@NullMarked
package dev.tideline.patterns.alert;

import org.jspecify.annotations.NullMarked;
