/** What a text means. */
@NullMarked
package dev.tideline.nlp;

import org.jspecify.annotations.NullMarked;
