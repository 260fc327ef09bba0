package dev.tideline.job.benchmark;

/** One user's value, with the instant that its timer is set to. */
final class Kept<S> {
    static final long UNARMED = Long.MAX_VALUE;

    final S state;
    long armed;

    Kept(S state, long armed) {
        this.state = state;
        this.armed = armed;
    }
}
