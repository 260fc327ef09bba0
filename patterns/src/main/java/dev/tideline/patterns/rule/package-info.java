/** Rule documents: read, checked, explained, and their predicates compiled. */
@NullMarked
package dev.tideline.patterns.rule;

import org.jspecify.annotations.NullMarked;
