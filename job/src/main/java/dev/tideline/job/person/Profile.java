package dev.tideline.job.person;

import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.UserProfile;
import org.jspecify.annotations.Nullable;

/** One user's profile, read when a rule first asks for it. */
final class Profile {
    private final Slot<ProfileState> slot;
    private @Nullable UserProfile view;

    Profile(Slot<ProfileState> slot) {
        this.slot = slot;
    }

    UserProfile view() {
        if (view == null) {
            view = isEmpty() ? UserProfile.UNKNOWN : Profiles.view(state());
        }
        return view;
    }

    private ProfileState state() {
        ProfileState known = slot.get();
        return known == null ? ProfileState.empty() : known;
    }

    boolean isEmpty() {
        return state().values().isEmpty();
    }

    void take(ProfilePatch patch) {
        ProfileState next = Profiles.apply(state(), patch);
        slot.set(next.values().isEmpty() ? null : next);
        view = null;
    }

    void forget() {
        slot.set(null);
        view = null;
    }
}
