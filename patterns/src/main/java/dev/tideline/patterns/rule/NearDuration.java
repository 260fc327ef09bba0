package dev.tideline.patterns.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the duration that somebody probably meant: {@code 7 days}, {@code 1d12h}, {@code 1.5h}, {@code P7D}. */
final class NearDuration {
    private static final Pattern PIECE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)\\s*([a-z]+)[\\s,]*");
    private static final Pattern WRAPPED = Pattern.compile("(?:duration\\(\\s*[\"']?|p)?(.*?)(?:[\"']?\\s*\\))?");
    private static final List<String> UNITS = List.of("d", "h", "m", "s");
    private static final BigDecimal[] SECONDS = {
        BigDecimal.valueOf(86_400), BigDecimal.valueOf(3600), BigDecimal.valueOf(60), BigDecimal.ONE
    };

    private NearDuration() {}

    /** In the largest unit that gives a whole number; null if it is not clear what was meant. */
    static @Nullable String of(String written) {
        if (written.length() > 40) {
            return null;
        }
        Matcher wrapped = WRAPPED.matcher(written.strip().toLowerCase(Locale.ROOT));
        String pieces = wrapped.matches() ? wrapped.group(1).replaceFirst("t(?=[0-9])", "") : "";
        Matcher piece = PIECE.matcher(pieces);
        BigDecimal seconds = BigDecimal.ZERO;
        int end = 0;
        while (piece.find() && piece.start() == end) {
            BigDecimal unit = unit(piece.group(2));
            if (unit == null) {
                return null;
            }
            seconds = seconds.add(new BigDecimal(piece.group(1)).multiply(unit));
            end = piece.end();
        }
        return end == 0 || end < pieces.length() ? null : inLargestUnit(seconds);
    }

    private static @Nullable BigDecimal unit(String word) {
        if (word.startsWith("w")) {
            return SECONDS[0].multiply(BigDecimal.valueOf(7));
        }
        int unit = UNITS.indexOf(word.substring(0, 1));
        boolean unclear = word.startsWith("mo") || word.equals("ms") || word.startsWith("mil");
        return unit < 0 || unclear ? null : SECONDS[unit];
    }

    private static @Nullable String inLargestUnit(BigDecimal seconds) {
        for (int i = 0; i < SECONDS.length; i++) {
            BigDecimal[] parts = seconds.divideAndRemainder(SECONDS[i]);
            if (parts[1].signum() == 0 && parts[0].signum() > 0) {
                return parts[0].toBigInteger() + UNITS.get(i);
            }
        }
        return null;
    }
}
