package dev.tideline.patterns.fact;

import java.time.Instant;
import java.util.List;

/**
 * A person's word on what may be done with their data.
 *
 * @param erasure whether all of it is to be forgotten; else it is about consent
 * @param granted the purposes allowed from now on; all others are refused
 */
public record PrivacyRequest(String user, Instant at, boolean erasure, List<Purpose> granted) {}
