/** JSON as the values of CEL, looked into without building more than is asked for. */
@NullMarked
package dev.tideline.patterns.rule.json;

import org.jspecify.annotations.NullMarked;
