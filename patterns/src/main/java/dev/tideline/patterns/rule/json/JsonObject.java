package dev.tideline.patterns.rule.json;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object after another: where its members lie is found in one pass, a value is built when it is first asked for.
 *
 * <p>Owns the text, the places of its members, and the values built so far. Lifecycle: belongs to one thread, which reads the
 * next text into it when that is due; values handed out stay valid. Never kept by whoever asks it.
 */
public final class JsonObject {
    private static final int FIRST_ROOM = 16;
    private static final int MOST_MEMBERS = 256;
    private static final int LONGEST_TEXT = 20_000;

    private String text = "";
    private int members;
    private boolean understood;
    private @Nullable Map<String, Object> whole;
    private int[] hashes = new int[FIRST_ROOM];
    private int[] places = new int[FIRST_ROOM * 4];
    private @Nullable Object[] values = new Object[FIRST_ROOM];

    JsonObject() {}

    boolean holds(String json) {
        return sameText(json);
    }

    /** By identity: comparing the text would cost what remembering it saves. */
    @SuppressWarnings("ReferenceEquality")
    private boolean sameText(String json) {
        return text == json;
    }

    void read(String json) {
        forget();
        text = json;
        understood = json.length() <= LONGEST_TEXT && findMembers(json);
    }

    private void forget() {
        for (int i = 0; i < members; i++) {
            values[i] = null;
        }
        members = 0;
        whole = null;
    }

    /** The member's value as CEL has it; null if there is none of that name. */
    public @Nullable Object get(String name) {
        if (!understood) {
            return map().get(name);
        }
        int member = find(name);
        return member < 0 ? null : value(member);
    }

    /** Whether there is a member of that name. */
    public boolean has(String name) {
        return understood ? find(name) >= 0 : map().containsKey(name);
    }

    /** All of it, built once. */
    public Map<String, Object> map() {
        Map<String, Object> built = whole;
        if (built == null) {
            built = JsonValues.parseObject(text);
            whole = built;
        }
        return built;
    }

    /** From the last one back: of members of the same name the last one counts. */
    private int find(String name) {
        int hash = name.hashCode();
        for (int i = members - 1; i >= 0; i--) {
            if (hashes[i] == hash
                    && places[4 * i + 1] - places[4 * i] == name.length()
                    && text.startsWith(name, places[4 * i])) {
                return i;
            }
        }
        return -1;
    }

    private Object value(int member) {
        Object known = values[member];
        if (known == null) {
            int from = places[4 * member + 2];
            int to = places[4 * member + 3];
            known = JsonText.isPlain(text, from, to)
                    ? JsonText.plain(text, from, to)
                    : JsonValues.parseValue(text.substring(from, to));
            values[member] = known;
        }
        return known;
    }

    /** Whether the text is an object, and nothing but an object, of everyday JSON. */
    private boolean findMembers(String json) {
        int at = JsonText.afterSpace(json, 0);
        if (at >= json.length() || json.charAt(at) != '{') {
            return false;
        }
        at = JsonText.afterSpace(json, at + 1);
        if (at < json.length() && json.charAt(at) == '}') {
            return JsonText.afterSpace(json, at + 1) == json.length();
        }
        while (at < json.length() && members < MOST_MEMBERS) {
            at = findMember(json, at);
            if (at < 0 || at >= json.length()) {
                return false;
            }
            char next = json.charAt(at);
            if (next == '}') {
                return JsonText.afterSpace(json, at + 1) == json.length();
            }
            if (next != ',') {
                return false;
            }
            at = JsonText.afterSpace(json, at + 1);
        }
        return false;
    }

    /** The place after the member that begins there and the spaces that follow it. */
    private int findMember(String json, int from) {
        int nameEnd = json.charAt(from) == '"' ? afterName(json, from + 1) : JsonText.STRANGE;
        int colon = nameEnd < 0 ? json.length() : JsonText.afterSpace(json, nameEnd + 1);
        if (colon >= json.length() || json.charAt(colon) != ':') {
            return JsonText.STRANGE;
        }
        int value = JsonText.afterSpace(json, colon + 1);
        int end = JsonText.afterValue(json, value);
        if (end < 0) {
            return JsonText.STRANGE;
        }
        int place = 4 * members;
        places[place] = from + 1;
        places[place + 1] = nameEnd;
        places[place + 2] = value;
        places[place + 3] = end;
        members++;
        return JsonText.afterSpace(json, end);
    }

    /** The place of the quote that ends a name without escapes; remembers the name's hash, which is that of the string. */
    private int afterName(String json, int from) {
        int hash = 0;
        for (int at = from; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') {
                makeRoom();
                hashes[members] = hash;
                return at;
            }
            if (c < ' ' || c == '\\') {
                return JsonText.STRANGE;
            }
            hash = 31 * hash + c;
        }
        return JsonText.STRANGE;
    }

    private void makeRoom() {
        if (members == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * members);
            places = Arrays.copyOf(places, 8 * members);
            values = Arrays.copyOf(values, 2 * members);
        }
    }
}
