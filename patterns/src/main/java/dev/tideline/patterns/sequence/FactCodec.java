package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.QuietFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.WeekFact;
import dev.tideline.patterns.sequence.Packed.Optionals;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A fact as few bytes: what it lacks takes a bit, and the user, who is the same for all facts of a state, none. Whenever the
 * layout changes, {@link SequenceStateSerializer#FORMAT} does.
 */
final class FactCodec {
    private static final int CONTEXT = 1;
    private static final int TEXT = 1 << 1;
    private static final int SESSION = 1 << 2;
    private static final int MOOD = 1 << 3;
    private static final int SURVEY = 1 << 4;
    private static final int QUIET = 1 << 5;
    private static final int WEEK = 1 << 6;
    private static final int LATE = 1 << 7;
    private static final int OTHER_USER = 1 << 8;

    private FactCodec() {}

    static void write(Fact fact, String user, DataOutputView out) throws IOException {
        boolean other = !fact.user().equals(user);
        Packed.writeNatural(
                out,
                bit(fact.context() != null, CONTEXT)
                        | bit(fact.text() != null, TEXT)
                        | bit(fact.session() != null, SESSION)
                        | bit(fact.mood() != null, MOOD)
                        | bit(fact.survey() != null, SURVEY)
                        | bit(fact.quiet() != null, QUIET)
                        | bit(fact.week() != null, WEEK)
                        | bit(fact.late(), LATE)
                        | bit(other, OTHER_USER));
        Packed.writeText(out, fact.kind());
        Packed.writeText(out, fact.id());
        if (other) {
            Packed.writeText(out, fact.user());
        }
        write(fact.at(), Instant.EPOCH, out);
        write(fact.arrivedAt(), fact.at(), out);
        writeParts(fact, out);
    }

    private static int bit(boolean set, int bit) {
        return set ? bit : 0;
    }

    private static void writeParts(Fact fact, DataOutputView out) throws IOException {
        if (fact.context() != null) {
            Packed.writeText(out, fact.context());
        }
        if (fact.text() != null) {
            text(fact.text(), out);
        }
        if (fact.session() != null) {
            session(fact.session(), out);
        }
        if (fact.mood() != null) {
            mood(fact.mood(), out);
        }
        if (fact.survey() != null) {
            survey(fact.survey(), out);
        }
        if (fact.quiet() != null) {
            quiet(fact.quiet(), out);
        }
        if (fact.week() != null) {
            Packed.writeNumber(out, fact.week().events());
            Packed.writeOptional(out, fact.week().ratio());
        }
    }

    static Fact read(String user, DataInputView in) throws IOException {
        int parts = (int) Packed.readNatural(in);
        String kind = Packed.readText(in);
        String id = Packed.readText(in);
        String owner = (parts & OTHER_USER) == 0 ? user : Packed.readText(in);
        Instant at = instant(Instant.EPOCH, in);
        Instant arrivedAt = instant(at, in);
        return new Fact(
                kind,
                id,
                owner,
                at,
                (parts & CONTEXT) == 0 ? null : Packed.readText(in),
                (parts & TEXT) == 0 ? null : text(in),
                (parts & SESSION) == 0 ? null : session(in),
                (parts & MOOD) == 0 ? null : mood(in),
                (parts & SURVEY) == 0 ? null : survey(in),
                (parts & QUIET) == 0 ? null : quiet(in),
                (parts & WEEK) == 0 ? null : new WeekFact(Packed.readNumber(in), new Optionals(in).real()),
                (parts & LATE) != 0,
                arrivedAt);
    }

    /** Whole milliseconds, as nearly all are, in the fewest bytes: a last bit says whether more follows. */
    private static void write(Instant instant, Instant since, DataOutputView out) throws IOException {
        long millis = instant.toEpochMilli() - since.toEpochMilli();
        int nanos = instant.getNano() % 1_000_000;
        Packed.writeNumber(out, millis << 1 | (nanos == 0 ? 0 : 1));
        if (nanos != 0) {
            Packed.writeNatural(out, nanos);
        }
    }

    private static Instant instant(Instant since, DataInputView in) throws IOException {
        long number = Packed.readNumber(in);
        Instant millis = Instant.ofEpochMilli(since.toEpochMilli() + (number >> 1));
        return (number & 1) == 0 ? millis : millis.plusNanos(Packed.readNatural(in));
    }

    private static void text(TextFact text, DataOutputView out) throws IOException {
        Packed.writeText(out, text.kind());
        Packed.writeReals(out, text.p());
        out.writeByte(bit(text.assessed(), 1) | bit(text.negated(), 2));
        Packed.writeNumber(out, text.negativeOfLast5());
        Packed.writeText(out, text.crisis());
        Packed.writeText(out, text.cue());
        Packed.writeText(out, text.person());
        Packed.writeText(out, text.time());
        Packed.writeTexts(out, text.rules());
        Packed.writeText(out, text.model());
        Packed.writeOptional(out, text.sentiment(), text.rating());
    }

    private static TextFact text(DataInputView in) throws IOException {
        String kind = Packed.readText(in);
        var p = Packed.readReals(in);
        int flags = in.readByte();
        int negatives = (int) Packed.readNumber(in);
        String crisis = Packed.readText(in);
        String cue = Packed.readText(in);
        String person = Packed.readText(in);
        String time = Packed.readText(in);
        var rules = Packed.readTexts(in);
        String model = Packed.readText(in);
        Optionals rest = new Optionals(in);
        Integer sentiment = rest.whole();
        Double rating = rest.real();
        return new TextFact(
                kind,
                sentiment,
                p,
                (flags & 1) != 0,
                negatives,
                crisis,
                cue,
                person,
                (flags & 2) != 0,
                time,
                rules,
                rating,
                model);
    }

    private static void session(SessionFact session, DataOutputView out) throws IOException {
        write(session.start(), Instant.EPOCH, out);
        write(session.end(), session.start(), out);
        Packed.writeNumber(out, session.events());
        Packed.writeNumber(out, session.pageViews());
        Packed.writeNumber(out, session.messages());
        Packed.writeNumber(out, session.moodLogs());
        Packed.writeNumber(out, session.negativeTexts());
        Packed.writeNumber(out, session.crisisTexts());
        Packed.writeOptional(
                out, session.moodMean(), session.moodMin(), session.sentimentMean(), session.sentimentMin());
    }

    private static SessionFact session(DataInputView in) throws IOException {
        Instant start = instant(Instant.EPOCH, in);
        Instant end = instant(start, in);
        long events = Packed.readNumber(in);
        long pageViews = Packed.readNumber(in);
        long messages = Packed.readNumber(in);
        long moodLogs = Packed.readNumber(in);
        long negativeTexts = Packed.readNumber(in);
        long crisisTexts = Packed.readNumber(in);
        Optionals rest = new Optionals(in);
        return new SessionFact(
                start,
                end,
                events,
                pageViews,
                messages,
                rest.real(),
                rest.real(),
                moodLogs,
                rest.real(),
                rest.real(),
                negativeTexts,
                crisisTexts);
    }

    private static void mood(MoodFact mood, DataOutputView out) throws IOException {
        Packed.writeOptional(
                out,
                mood.level(),
                mood.lowestOfLast4(),
                mood.logs(),
                mood.daysLogged(),
                mood.baselineMean(),
                mood.baselineSd(),
                mood.ewma(),
                mood.lowerLimit(),
                mood.drop(),
                mood.last3Mean(),
                mood.slope14d(),
                mood.slopeP(),
                mood.instabilityRatio());
    }

    private static MoodFact mood(DataInputView in) throws IOException {
        Optionals all = new Optionals(in);
        return new MoodFact(
                all.real(),
                all.whole(),
                all.whole(),
                all.whole(),
                all.real(),
                all.real(),
                all.real(),
                all.real(),
                all.real(),
                all.real(),
                all.real(),
                all.real(),
                all.real());
    }

    private static void survey(SurveyFact survey, DataOutputView out) throws IOException {
        Packed.writeText(out, survey.instrument());
        Packed.writeReals(out, survey.items());
        Packed.writeOptional(
                out,
                survey.score(),
                survey.band(),
                survey.previousBand(),
                survey.changeFromBest90d(),
                survey.reliableChange(),
                survey.item9(),
                survey.previousItem9());
    }

    private static SurveyFact survey(DataInputView in) throws IOException {
        String instrument = Packed.readText(in);
        var items = Packed.readReals(in);
        Optionals rest = new Optionals(in);
        Double score = rest.real();
        return new SurveyFact(
                instrument,
                score,
                items,
                rest.text(),
                rest.text(),
                rest.real(),
                rest.flag(),
                rest.whole(),
                rest.whole());
    }

    private static void quiet(QuietFact quiet, DataOutputView out) throws IOException {
        Packed.writeNumber(out, quiet.gapMillis());
        Packed.writeNumber(out, quiet.medianGapMillis());
        Packed.writeOptional(
                out,
                quiet.lastSignalLevel() == null ? null : quiet.lastSignalLevel().name());
    }

    private static QuietFact quiet(DataInputView in) throws IOException {
        long gap = Packed.readNumber(in);
        long median = Packed.readNumber(in);
        @Nullable String level = new Optionals(in).text();
        return new QuietFact(gap, median, level == null ? null : Level.valueOf(level));
    }
}
