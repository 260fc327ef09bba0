/** The commands of the command line, one class each; what they do is done elsewhere. */
@NullMarked
package dev.tideline.job.command;

import org.jspecify.annotations.NullMarked;
