package dev.tideline.job.person;

/**
 * A user's alerts under a policy that is tried out.
 *
 * @param policy its id
 * @param alerts as the alert desk writes it
 */
@SuppressWarnings("ArrayRecordComponent") // Read and written whole, compared never.
public record ShadowState(String policy, byte[] alerts) {}
