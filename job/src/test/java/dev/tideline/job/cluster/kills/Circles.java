package dev.tideline.job.cluster.kills;

import dev.tideline.job.cluster.kills.Deed.Kind;
import java.util.List;
import java.util.Locale;

/** The segments, each twice: as a rule, and as what it means for somebody's deeds so far. */
enum Circles {
    BUSY("performed: page_view, at_least: 3, within: 5m") {
        @Override
        boolean holds(Past past, long now) {
            return past.looks(now, 5 * MINUTE) >= 3;
        }
    },
    NOT_BUYING("all: [{ performed: page_view }, { performed: purchase, at_most: 0, within: 20m }]") {
        @Override
        boolean holds(Past past, long now) {
            return past.looks(now, Long.MAX_VALUE) >= 1 && past.purchases(now, 20 * MINUTE) == 0;
        }
    },
    CONVINCED("sequence: [{ step: looked, on: page_view, where: 'context.path == \"/pricing\"' },"
            + " { step: bought, on: purchase }], within: 10m") {
        @Override
        boolean holds(Past past, long now) {
            return past.boughtAfterPricing(now, 10 * MINUTE);
        }
    },
    TEMPTED("all: [{ segment: busy }, { segment: not_buying }]") {
        @Override
        boolean holds(Past past, long now) {
            return BUSY.holds(past, now) && NOT_BUYING.holds(past, now);
        }
    },
    FREE_AND_ACTIVE("all: [{ profile: 'user.account_type == \"free\"' },"
            + " { performed: page_view, at_least: 2, within: 5m }]") {
        @Override
        boolean holds(Past past, long now) {
            return past.account(now).equals("free") && past.looks(now, 5 * MINUTE) >= 2;
        }
    };

    static final long MINUTE = 60_000;

    /** After these, something that was done no longer counts. */
    static final List<Long> WINDOWS = List.of(5 * MINUTE, 10 * MINUTE, 20 * MINUTE);

    private final String condition;

    Circles(String condition) {
        this.condition = condition;
    }

    /** Whether somebody with this past belongs, at an instant (epoch milliseconds), after all that bears it. */
    abstract boolean holds(Past past, long now);

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rule in YAML. */
    String rule() {
        return "kind: segment\nid: " + id() + "\nversion: 1\nname: " + id() + "\nwhen: { " + condition + " }\n";
    }

    /** All that somebody ever did, in order. Nothing is kept of a count: it is counted again. */
    record Past(List<Deed> deeds, List<Patch> patches) {
        long looks(long now, long window) {
            long count = 0;
            for (Deed deed : deeds) {
                if (deed.kind().isLook() && isWithin(deed, now, window)) {
                    count++;
                }
            }
            return count;
        }

        long purchases(long now, long window) {
            long count = 0;
            for (Deed deed : deeds) {
                if (deed.kind() == Kind.BOUGHT && isWithin(deed, now, window)) {
                    count++;
                }
            }
            return count;
        }

        /** Whether something was bought less than the window after a look at pricing that is not so old yet. */
        boolean boughtAfterPricing(long now, long window) {
            for (int first = 0; first < deeds.size(); first++) {
                Deed look = deeds.get(first);
                if (look.kind() == Kind.LOOKED_AT_PRICING && isWithin(look, now, window)) {
                    for (Deed later : deeds.subList(first + 1, deeds.size())) {
                        if (later.kind() == Kind.BOUGHT && later.at() <= now && later.at() - look.at() < window) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        String account(long now) {
            String account = "";
            for (Patch patch : patches) {
                if (patch.at() <= now) {
                    account = patch.accountType();
                }
            }
            return account;
        }

        private static boolean isWithin(Deed deed, long now, long window) {
            return deed.at() <= now && now - deed.at() < window;
        }
    }
}
