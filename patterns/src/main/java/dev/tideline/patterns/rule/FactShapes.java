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
import dev.tideline.patterns.rule.json.JsonValues;
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
            .whole("sentiment", text -> whole(text.sentiment()))
            .with("p", NUMBERS, text -> unlessEmpty(text.p()))
            .truth("assessed", TextFact::assessed)
            .whole("negative_of_last5", text -> text.negativeOfLast5() < 0 ? FactShape.MISSING : text.negativeOfLast5())
            .with("crisis", SimpleType.STRING, TextFact::crisis)
            .with("cue", SimpleType.STRING, TextFact::cue)
            .with("person", SimpleType.STRING, TextFact::person)
            .truth("negated", TextFact::negated)
            .with("time", SimpleType.STRING, TextFact::time)
            .with("rules", ListType.create(SimpleType.STRING), TextFact::rules)
            .fraction("rating", TextFact::rating);

    static final FactShape<SessionFact> SESSION = new FactShape<SessionFact>("session")
            .with("start", SimpleType.TIMESTAMP, SessionFact::start)
            .with("end", SimpleType.TIMESTAMP, SessionFact::end)
            .with("duration", SimpleType.DURATION, SessionFact::duration)
            .whole("events", SessionFact::events)
            .whole("page_views", SessionFact::pageViews)
            .whole("messages", SessionFact::messages)
            .fraction("mood_mean", SessionFact::moodMean)
            .fraction("mood_min", SessionFact::moodMin)
            .whole("mood_logs", SessionFact::moodLogs)
            .fraction("sentiment_mean", SessionFact::sentimentMean)
            .fraction("sentiment_min", SessionFact::sentimentMin)
            .whole("negative_texts", SessionFact::negativeTexts)
            .whole("crisis_texts", SessionFact::crisisTexts);

    static final FactShape<MoodFact> MOOD = new FactShape<MoodFact>("mood")
            .fraction("level", MoodFact::level)
            .whole("lowest_of_last4", mood -> whole(mood.lowestOfLast4()))
            .whole("logs", mood -> whole(mood.logs()))
            .whole("days_logged", mood -> whole(mood.daysLogged()))
            .fraction("baseline_mean", MoodFact::baselineMean)
            .fraction("baseline_sd", MoodFact::baselineSd)
            .fraction("ewma", MoodFact::ewma)
            .fraction("lower_limit", MoodFact::lowerLimit)
            .fraction("drop", MoodFact::drop)
            .fraction("last3_mean", MoodFact::last3Mean)
            .fraction("slope_14d", MoodFact::slope14d)
            .fraction("slope_p", MoodFact::slopeP)
            .fraction("instability_ratio", MoodFact::instabilityRatio);

    static final FactShape<SurveyFact> SURVEY = new FactShape<SurveyFact>("survey")
            .with("instrument", SimpleType.STRING, SurveyFact::instrument)
            .fraction("score", SurveyFact::score)
            .with("items", NUMBERS, survey -> unlessEmpty(survey.items()))
            .with("band", SimpleType.STRING, SurveyFact::band)
            .with("previous_band", SimpleType.STRING, SurveyFact::previousBand)
            .fraction("change_from_best_90d", SurveyFact::changeFromBest90d)
            .truth("reliable_change", SurveyFact::reliableChange)
            .whole("item9", survey -> whole(survey.item9()))
            .whole("previous_item9", survey -> whole(survey.previousItem9()));

    static final FactShape<QuietFact> QUIET = new FactShape<QuietFact>("quiet")
            .with("gap", SimpleType.DURATION, quiet -> Duration.ofMillis(quiet.gapMillis()))
            .with("median_gap", SimpleType.DURATION, quiet -> Duration.ofMillis(quiet.medianGapMillis()))
            .with(
                    "last_signal_level",
                    SimpleType.STRING,
                    quiet -> quiet.lastSignalLevel() == null
                            ? null
                            : quiet.lastSignalLevel().name());

    static final FactShape<WeekFact> WEEK =
            new FactShape<WeekFact>("week").whole("events", WeekFact::events).fraction("ratio", WeekFact::ratio);

    static final FactShape<UserProfile> USER = new FactShape<UserProfile>("user")
            .with("account_type", SimpleType.STRING, UserProfile::accountType)
            .with("signup_date", SimpleType.STRING, UserProfile::signupDate)
            .with("profile_status", SimpleType.STRING, UserProfile::profileStatus)
            .with(
                    "demographic_data",
                    OBJECT,
                    user -> user.demographicData() == null
                            ? null
                            : JsonValues.object(user.demographicData()).map());

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
            case "context" ->
                fact.context() == null
                        ? Map.of()
                        : JsonValues.object(fact.context()).map();
            case "text" -> TEXT.view(fact.text());
            case "session" -> SESSION.view(fact.session());
            case "mood" -> MOOD.view(fact.mood());
            case "survey" -> SURVEY.view(fact.survey());
            case "quiet" -> QUIET.view(fact.quiet());
            case "week" -> WEEK.view(fact.week());
            default -> null;
        };
    }

    private static long whole(@Nullable Integer number) {
        return number == null ? FactShape.MISSING : number;
    }

    private static @Nullable List<?> unlessEmpty(List<?> list) {
        return list.isEmpty() ? null : list;
    }
}
