package dev.tideline.job.demo.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Who a made-up person is.
 *
 * @param from when the platform knows the person, in the first instant or later
 * @param zone the person's time zone, for the rhythm of the day
 */
record Figure(
        String id,
        Persona persona,
        boolean paid,
        String industry,
        String name,
        LocalDate signup,
        Instant from,
        ZoneOffset zone,
        String device) {
    private static final List<String> INDUSTRIES =
            List.of("SaaS", "Fintech", "Health", "Education", "Retail", "Media", "Manufacturing", "Hospitality");
    private static final List<String> FIRST = List.of(
            "Amara", "Bence", "Clara", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Liam",
            "Mina", "Noor", "Oskar", "Priya", "Quentin", "Rosa", "Sven", "Tara", "Umar", "Vera", "Wanda", "Yusuf",
            "Zoe");
    private static final List<String> LAST = List.of(
            "Abara",
            "Brandt",
            "Castell",
            "Dovic",
            "Ekdahl",
            "Fontaine",
            "Grube",
            "Halloran",
            "Ivarsen",
            "Jansky",
            "Kaloyan",
            "Lindholm",
            "Marques",
            "Novotny",
            "Okoro",
            "Petridis",
            "Quist",
            "Rahmani",
            "Solberg",
            "Tanaka",
            "Ustinov",
            "Varga");
    private static final List<String> DEVICES = List.of("desktop", "desktop", "phone", "phone", "tablet");
    private static final int[] HOURS = {-8, -5, -3, 0, 0, 1, 1, 1, 2, 2, 3, 5, 8, 10};

    /** The {@code index}-th person of a world that begins at {@code start}; one in ten joins within its first forty days. */
    static Figure of(int index, Instant start, Chance chance) {
        boolean joinsLater = index >= Persona.values().length && chance.holds(0.1);
        Instant from = joinsLater ? start.plus(Duration.ofMinutes(chance.whole(1440, 40 * 1440))) : start;
        LocalDate today = LocalDate.ofInstant(from, ZoneOffset.UTC);
        return new Figure(
                chance.uuid(),
                Persona.of(index),
                chance.holds(0.45),
                chance.pick(INDUSTRIES),
                chance.pick(FIRST) + " " + chance.pick(LAST),
                joinsLater ? today : today.minusDays(chance.whole(3, 700)),
                from,
                ZoneOffset.ofHours(HOURS[chance.whole(0, HOURS.length - 1)]),
                chance.pick(DEVICES));
    }

    /** The profile as the platform first writes it; its names and addresses belong to nobody. */
    String profile() {
        ObjectNode profile = Json.object();
        profile.put("user_id", id);
        profile.put("updated_at", from.toString());
        profile.put("account_type", paid ? "paid" : "free");
        profile.put("signup_date", signup.toString());
        profile.put("profile_status", "active");
        profile.putObject("pii").put("name", name).put("email", email());
        profile.putObject("properties").put("industry", industry).put("utc_offset", zone.getTotalSeconds() / 3600);
        return profile.toString();
    }

    private String email() {
        return name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "." + id.substring(0, 4) + "@example.org";
    }
}
