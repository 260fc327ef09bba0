package dev.tideline.patterns.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.QuietFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.fact.WeekFact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every variable of the rule language, with its fields and their types. */
final class FactShapes {
    /** A JSON object: keys of any name, values of any type. */
    static final CelType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);

    private static final CelType NUMBERS = ListType.create(SimpleType.DOUBLE);

    static final FactShape<TextFact> TEXT = new FactShape<TextFact>("text")
            .with("kind", SimpleType.STRING, TextFact::kind)
            .with("sentiment", SimpleType.INT, text -> whole(text.sentiment()))
            .with("p", NUMBERS, text -> unlessEmpty(text.p()))
            .with("assessed", SimpleType.BOOL, TextFact::assessed)
            .with(
                    "negative_of_last5",
                    SimpleType.INT,
                    text -> text.negativeOfLast5() < 0 ? null : (long) text.negativeOfLast5())
            .with("crisis", SimpleType.STRING, TextFact::crisis)
            .with("cue", SimpleType.STRING, TextFact::cue)
            .with("person", SimpleType.STRING, TextFact::person)
            .with("negated", SimpleType.BOOL, TextFact::negated)
            .with("time", SimpleType.STRING, TextFact::time)
            .with("rules", ListType.create(SimpleType.STRING), TextFact::rules)
            .with("rating", SimpleType.DOUBLE, TextFact::rating);

    static final FactShape<SessionFact> SESSION = new FactShape<SessionFact>("session")
            .with("start", SimpleType.TIMESTAMP, SessionFact::start)
            .with("end", SimpleType.TIMESTAMP, SessionFact::end)
            .with("duration", SimpleType.DURATION, SessionFact::duration)
            .with("events", SimpleType.INT, SessionFact::events)
            .with("page_views", SimpleType.INT, SessionFact::pageViews)
            .with("messages", SimpleType.INT, SessionFact::messages)
            .with("mood_mean", SimpleType.DOUBLE, SessionFact::moodMean)
            .with("mood_min", SimpleType.DOUBLE, SessionFact::moodMin)
            .with("mood_logs", SimpleType.INT, SessionFact::moodLogs)
            .with("sentiment_mean", SimpleType.DOUBLE, SessionFact::sentimentMean)
            .with("sentiment_min", SimpleType.DOUBLE, SessionFact::sentimentMin)
            .with("negative_texts", SimpleType.INT, SessionFact::negativeTexts)
            .with("crisis_texts", SimpleType.INT, SessionFact::crisisTexts);

    static final FactShape<MoodFact> MOOD = new FactShape<MoodFact>("mood")
            .with("level", SimpleType.DOUBLE, MoodFact::level)
            .with("lowest_of_last4", SimpleType.INT, mood -> whole(mood.lowestOfLast4()))
            .with("logs", SimpleType.INT, mood -> whole(mood.logs()))
            .with("days_logged", SimpleType.INT, mood -> whole(mood.daysLogged()))
            .with("baseline_mean", SimpleType.DOUBLE, MoodFact::baselineMean)
            .with("baseline_sd", SimpleType.DOUBLE, MoodFact::baselineSd)
            .with("ewma", SimpleType.DOUBLE, MoodFact::ewma)
            .with("lower_limit", SimpleType.DOUBLE, MoodFact::lowerLimit)
            .with("drop", SimpleType.DOUBLE, MoodFact::drop)
            .with("last3_mean", SimpleType.DOUBLE, MoodFact::last3Mean)
            .with("slope_14d", SimpleType.DOUBLE, MoodFact::slope14d)
            .with("slope_p", SimpleType.DOUBLE, MoodFact::slopeP)
            .with("instability_ratio", SimpleType.DOUBLE, MoodFact::instabilityRatio);

    static final FactShape<SurveyFact> SURVEY = new FactShape<SurveyFact>("survey")
            .with("instrument", SimpleType.STRING, SurveyFact::instrument)
            .with("score", SimpleType.DOUBLE, SurveyFact::score)
            .with("items", NUMBERS, survey -> unlessEmpty(survey.items()))
            .with("band", SimpleType.STRING, SurveyFact::band)
            .with("previous_band", SimpleType.STRING, SurveyFact::previousBand)
            .with("change_from_best_90d", SimpleType.DOUBLE, SurveyFact::changeFromBest90d)
            .with("reliable_change", SimpleType.BOOL, SurveyFact::reliableChange)
            .with("item9", SimpleType.INT, survey -> whole(survey.item9()))
            .with("previous_item9", SimpleType.INT, survey -> whole(survey.previousItem9()));

    static final FactShape<QuietFact> QUIET = new FactShape<QuietFact>("quiet")
            .with("gap", SimpleType.DURATION, quiet -> Duration.ofMillis(quiet.gapMillis()))
            .with("median_gap", SimpleType.DURATION, quiet -> Duration.ofMillis(quiet.medianGapMillis()))
            .with(
                    "last_signal_level",
                    SimpleType.STRING,
                    quiet -> quiet.lastSignalLevel() == null
                            ? null
                            : quiet.lastSignalLevel().name());

    static final FactShape<WeekFact> WEEK = new FactShape<WeekFact>("week")
            .with("events", SimpleType.INT, WeekFact::events)
            .with("ratio", SimpleType.DOUBLE, WeekFact::ratio);

    static final FactShape<UserProfile> USER = new FactShape<UserProfile>("user")
            .with("account_type", SimpleType.STRING, UserProfile::accountType)
            .with("signup_date", SimpleType.STRING, UserProfile::signupDate)
            .with("profile_status", SimpleType.STRING, UserProfile::profileStatus)
            .with(
                    "demographic_data",
                    OBJECT,
                    user -> user.demographicData() == null ? null : JsonValues.object(user.demographicData()));

    /** An earlier fact: the variables of a fact as fields. */
    static final FactShape<Scope> EARLIER = new FactShape<Scope>("fact")
            .with("event_type", SimpleType.STRING, scope -> FactShapes.factVariable("event_type", scope.fact()))
            .with("context", OBJECT, scope -> FactShapes.factVariable("context", scope.fact()))
            .with("text", TEXT.type(), scope -> FactShapes.factVariable("text", scope.fact()))
            .with("session", SESSION.type(), scope -> FactShapes.factVariable("session", scope.fact()))
            .with("mood", MOOD.type(), scope -> FactShapes.factVariable("mood", scope.fact()))
            .with("survey", SURVEY.type(), scope -> FactShapes.factVariable("survey", scope.fact()))
            .with("quiet", QUIET.type(), scope -> FactShapes.factVariable("quiet", scope.fact()))
            .with("week", WEEK.type(), scope -> FactShapes.factVariable("week", scope.fact()));

    private FactShapes() {}

    /** One of the variables that a fact gives; a part that the fact lacks is an object without fields. */
    static @Nullable Object factVariable(String variable, @Nullable Fact fact) {
        if (fact == null) {
            return variable.equals("event_type") ? null : Map.of();
        }
        return switch (variable) {
            case "event_type" -> fact.kind();
            case "context" -> fact.context() == null ? Map.of() : JsonValues.object(fact.context());
            case "text" -> TEXT.view(fact.text());
            case "session" -> SESSION.view(fact.session());
            case "mood" -> MOOD.view(fact.mood());
            case "survey" -> SURVEY.view(fact.survey());
            case "quiet" -> QUIET.view(fact.quiet());
            case "week" -> WEEK.view(fact.week());
            default -> null;
        };
    }

    private static @Nullable Long whole(@Nullable Integer number) {
        return number == null ? null : Long.valueOf(number);
    }

    private static @Nullable List<?> unlessEmpty(List<?> list) {
        return list.isEmpty() ? null : list;
    }
}
