package dev.tideline.job.demo;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * Where the demo speaks: lines that stay, and on a terminal one status line under them that is overwritten. Thread-safe.
 */
final class Screen {
    private static final char ESCAPE = 27;
    private static final String CLEAR_LINE = ESCAPE + "[2K" + ESCAPE + "[G";
    private static final String PLAIN = ESCAPE + "[0m";

    /** What a line's colour says. */
    enum Colour {
        NONE(""),
        AMBER("[33m"),
        RED("[31m"),
        CRISIS("[1;37;41m"),
        CALM("[32m"),
        FAINT("[2m");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colours;
    private String status = "";

    Screen(PrintStream out, boolean terminal, boolean colours) {
        this.out = out;
        this.terminal = terminal;
        this.colours = colours;
    }

    /** Standard output, with colours on a terminal unless {@code NO_COLOR} is set. */
    static Screen standard() {
        Map<String, String> environment = System.getenv();
        boolean terminal = isTerminal() && !"dumb".equals(environment.get("TERM"));
        String noColour = environment.get("NO_COLOR");
        return new Screen(System.out, terminal, terminal && (noColour == null || noColour.isEmpty()));
    }

    boolean isOnTerminal() {
        return terminal;
    }

    /** Says something that stays. */
    void say(String line) {
        say(Colour.NONE, line);
    }

    /** Says something in a colour. */
    synchronized void say(Colour colour, String line) {
        boolean plain = !colours || colour == Colour.NONE;
        out.print((terminal && !status.isEmpty() ? CLEAR_LINE : "")
                + (plain ? line : ESCAPE + colour.code + line + PLAIN) + "\n");
        out.print(status);
        out.flush();
    }

    /** Says how things stand: in place on a terminal, as a line of its own elsewhere. */
    synchronized void status(String line) {
        if (terminal) {
            status = line;
            out.print(CLEAR_LINE + line);
        } else {
            out.print(line + "\n");
        }
        out.flush();
    }

    /** Takes the status line away. */
    synchronized void clearStatus() {
        if (terminal && !status.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
            status = "";
        }
    }

    private static boolean isTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console without a terminal, too; it says so by a method that 17 does not have.
            Method says = Console.class.getMethod("isTerminal");
            return (boolean) says.invoke(System.console());
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
