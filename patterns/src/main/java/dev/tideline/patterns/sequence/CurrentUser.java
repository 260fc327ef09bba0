package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.UserProfile;

/** The user whose fact is being judged: compiled conditions are shared by all users, and ask here. One thread. */
final class CurrentUser {
    private UserProfile profile = UserProfile.UNKNOWN;

    UserProfile profile() {
        return profile;
    }

    void is(UserProfile now) {
        profile = now;
    }
}
