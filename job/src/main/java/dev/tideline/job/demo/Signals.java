package dev.tideline.job.demo;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C and SIGTERM. Left to itself, the JVM would run all shutdown hooks at once, and PostgreSQL would be gone before the
 * job; so the first signal only ends the demo, in order, and a second one ends the process at once, its hooks included.
 */
final class Signals {
    private static final String[] NAMES = {"INT", "TERM", "HUP"};
    private static final int SIGNAL = 128;

    private Signals() {}

    /** From now on signals end the demo, with 128 + the signal's number as exit code. */
    static void end(Ending ending) {
        for (String name : NAMES) {
            try {
                handle(name, ending);
            } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
                // Without it the JVM ends by its own means, which is less tidy and leaves nothing behind either.
                continue;
            }
        }
    }

    // By reflection: the class is there in every JDK, but the compiler warns of it and cannot be told not to.
    private static void handle(String name, Ending ending) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        int number = (int) signalType.getMethod("getNumber").invoke(signal);
        Object handler = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle") && !ending.end(SIGNAL + number)) {
                        System.exit(SIGNAL + number);
                    }
                    return method.getName().equals("hashCode")
                            ? (Object) System.identityHashCode(proxy)
                            : method.getName().equals("equals") ? (Object) (proxy == arguments[0]) : null;
                });
        try {
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException("the JVM keeps SIG" + name + " for itself", refused);
        }
    }
}
