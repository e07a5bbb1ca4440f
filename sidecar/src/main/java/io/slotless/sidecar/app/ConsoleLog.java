package io.slotless.sidecar.app;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.vertx.core.logging.JULLogDelegateFactory;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Lines on standard output, each with its time and level: ours from a level on that can be set, warnings of libraries. */
final class ConsoleLog extends Handler {

    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");
    private static final List<Level> LEVELS_OF_THE_JDK =
            List.of(Level.SEVERE, Level.WARNING, Level.INFO, Level.FINE, Level.FINER);

    private static final String OURS = "io.slotless";

    /** Java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> HELD = new ArrayList<>();

    private final PrintStream out;

    ConsoleLog(PrintStream out) {
        this.out = out;
        setFormatter(new Line());
    }

    /** Must come before anything is logged. */
    static void takeOver() {
        System.setProperty("java.util.logging.manager", SteadyLogManager.class.getName());
        takeFromLibraries();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new ConsoleLog(System.out));
    }

    /** Each would look first for others that are not here, in every jar of the program. */
    private static void takeFromLibraries() {
        System.setProperty("org.jboss.logging.provider", "jdk");
        System.setProperty("vertx.logger-delegate-factory-class-name", JULLogDelegateFactory.class.getName());
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        io.micrometer.common.util.internal.logging.InternalLoggerFactory.setDefaultFactory(
                io.micrometer.common.util.internal.logging.JdkLoggerFactory.INSTANCE);
    }

    /** What we say ourselves is written from this level on. */
    static void writeFrom(Level level) {
        set(OURS, level);
    }

    private static synchronized void set(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        HELD.add(logger);
    }

    /** @throws IllegalArgumentException if there is no such level */
    static Level level(String name) {
        int index = LEVELS.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Expected one of " + String.join(", ", LEVELS) + ", got \"" + name + "\"");
        }
        return LEVELS_OF_THE_JDK.get(index);
    }

    @Override
    public void publish(LogRecord message) {
        if (isLoggable(message)) {
            out.print(getFormatter().format(message));
            out.flush();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }

    /** {@code 2026-01-31T12:00:00.000Z INFO  words}, and the stack of what was thrown. */
    private static final class Line extends Formatter {

        private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
                .appendPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
                .toFormatter()
                .withZone(ZoneId.systemDefault());

        @Override
        public String format(LogRecord message) {
            StringWriter text = new StringWriter();
            PrintWriter writer = new PrintWriter(text);
            writer.printf(
                    "%s %-5s %s%n",
                    TIME.format(message.getInstant()), name(message.getLevel()), formatMessage(message));
            if (message.getThrown() != null) {
                message.getThrown().printStackTrace(writer);
            }
            writer.flush();
            return text.toString();
        }

        private static String name(Level level) {
            for (int i = 0; i < LEVELS.size(); i++) {
                if (level.intValue() >= LEVELS_OF_THE_JDK.get(i).intValue()) {
                    return LEVELS.get(i);
                }
            }
            return level.getName();
        }
    }
}
