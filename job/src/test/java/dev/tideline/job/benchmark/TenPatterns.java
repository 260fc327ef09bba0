package dev.tideline.job.benchmark;

/** Ten patterns such as the catalogue holds, as documents; {@link StockPatterns} has the same in Java. */
final class TenPatterns {
    static final String FALLING = """
            kind: pattern
            id: falling
            version: 1
            name: Three falling moods
            family: mood
            level: AMBER
            sequence:
              - { step: first, on: emotion_logged }
              - { step: second, contiguity: next, on: emotion_logged, where: mood.level < prev.mood.level }
              - { step: third, contiguity: next, on: emotion_logged, where: mood.level < prev.mood.level }
            within: 14d
            """;

    static final String ALL = FALLING + """
            ---
            kind: pattern
            id: floor
            version: 1
            name: Three of the last four moods at the floor
            family: mood
            level: RED
            sequence:
              - { step: log, on: emotion_logged, where: mood.lowest_of_last4 >= 3 }
            within: 1d
            ---
            kind: pattern
            id: low_then_negative
            version: 1
            name: A low mood, then a negative text
            family: mood
            level: AMBER
            sequence:
              - { step: low, on: emotion_logged, where: mood.level <= 0.2 }
              - { step: negative, on: text, where: text.sentiment <= 1 }
            within: 1d
            ---
            kind: pattern
            id: item9
            version: 1
            name: Thoughts of death or self-harm
            family: survey
            level: RED
            sequence:
              - { step: answered, on: survey, where: 'survey.instrument == "PHQ-9" && survey.item9 >= 1' }
            within: 1d
            ---
            kind: pattern
            id: negative_texts
            version: 1
            name: Three negative texts in a day
            family: text
            level: AMBER
            sequence:
              - { step: negative, on: text, where: text.sentiment <= 1, times: 3 }
            within: 1d
            ---
            kind: pattern
            id: no_recovery
            version: 1
            name: A very low mood, and no better one in three days
            family: mood
            level: AMBER
            sequence:
              - { step: low, on: emotion_logged, where: mood.level <= 0.1 }
              - { step: better, contiguity: not_followed_by, on: emotion_logged, where: mood.level > 0.3 }
            within: 3d
            ---
            kind: pattern
            id: falling_sessions
            version: 1
            name: Mood falling over three sessions running
            family: mood
            level: AMBER
            sequence:
              - { step: first, on: session, where: session.mood_logs > 0 }
              - { step: second, contiguity: next, on: session, where: session.mood_mean <= prev.session.mood_mean - 0.1 }
              - { step: third, contiguity: next, on: session, where: session.mood_mean <= prev.session.mood_mean - 0.1 }
            within: 14d
            ---
            kind: pattern
            id: short_sessions
            version: 1
            name: Three sessions with one event within two days
            family: engagement
            level: AMBER
            sequence:
              - { step: glance, on: session, where: session.events <= 1, times: 3 }
            within: 2d
            ---
            kind: pattern
            id: crisis
            version: 1
            name: Crisis language
            family: text
            level: CRISIS
            sequence:
              - { step: said, on: text, where: 'text.crisis == "ideation" || text.crisis == "intent"' }
            within: 1d
            ---
            kind: pattern
            id: downhill
            version: 1
            name: A bad rating, then a low mood, then a session with a negative text
            family: burnout
            level: AMBER
            sequence:
              - { step: rated, on: text, where: 'text.kind == "feedback" && text.rating <= 0.4' }
              - { step: low, on: emotion_logged, where: mood.level < 0.3 }
              - { step: negative, on: session, where: session.negative_texts > 0 }
            within: 3d
            """;

    private TenPatterns() {}
}
