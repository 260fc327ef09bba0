/** What is wrong with rules, all of it at once: the one answer that the command, a start and a running job give. */
@NullMarked
package dev.tideline.patterns.check;

import org.jspecify.annotations.NullMarked;
