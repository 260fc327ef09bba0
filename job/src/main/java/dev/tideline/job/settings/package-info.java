/** Typed configuration: every value with its default, and a clear word on a bad one. */
@NullMarked
package dev.tideline.job.settings;

import org.jspecify.annotations.NullMarked;
