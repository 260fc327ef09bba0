-- Where a user's time stood when something was taken into account: with it, history can be gone through in the very order.
ALTER TABLE tideline.behavioral_events ADD COLUMN taken_at timestamptz;
ALTER TABLE tideline.facts ADD COLUMN taken_at timestamptz;
ALTER TABLE tideline.profile_changes ADD COLUMN taken_at timestamptz;
COMMENT ON COLUMN tideline.behavioral_events.taken_at IS
    'Late events: where event time stood, to the millisecond, and in the microseconds their order; infinity: not for segments, for want of consent; null: at its own time';
COMMENT ON COLUMN tideline.facts.taken_at IS 'As of the event that it was derived from';
COMMENT ON COLUMN tideline.profile_changes.taken_at IS
    'Late patches: where event time stood, as of events; null: at its own time';
