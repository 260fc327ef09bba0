package dev.tideline.job.store;

/** Nobody listens. */
class Silent implements Progress {
    @Override
    public void written(Table table, int rows) {}

    @Override
    public void refused(RefusedRow row) {}

    @Override
    public void waiting(boolean away) {}
}
