/** What was kept of users' pasts, read again for rules that ask for it. */
@org.jspecify.annotations.NullMarked
package dev.tideline.job.history;
