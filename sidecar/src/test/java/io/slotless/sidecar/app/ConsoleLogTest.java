package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsoleLogTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ConsoleLog log = new ConsoleLog(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void aLineHasTheTimeTheLevelAndTheWords() {
        log.publish(new LogRecord(Level.WARNING, "watch failed: of=Secret redis/cache"));
        assertThat(written())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) WARN  watch failed:"
                        + " of=Secret redis/cache\\R");
    }

    @Test
    void whatWasThrownFollows() {
        LogRecord message = new LogRecord(Level.SEVERE, "oops");
        message.setThrown(new IllegalStateException("a mistake"));
        log.publish(message);
        assertThat(written())
                .contains(" ERROR oops")
                .contains("java.lang.IllegalStateException: a mistake")
                .contains("at " + ConsoleLogTest.class.getName());
    }

    /** JBoss Logging has levels of its own, with other numbers between those of the JDK. */
    @ParameterizedTest
    @EnumSource(value = Logger.Level.class, mode = EnumSource.Mode.EXCLUDE, names = "FATAL")
    void everyLevelOfJBossLoggingHasItsName(Logger.Level level) {
        int[] numbers = {1100, 1000, 900, 800, 500, 400};
        log.publish(new LogRecord(new JdkLevel(level.name(), numbers[level.ordinal()]), "x"));
        assertThat(written()).contains(" " + level.name() + " ");
    }

    @Test
    void everyLevelThatCanBeSetHasItsMeaning() {
        assertThat(ConsoleLog.level("ERROR").intValue())
                .isLessThanOrEqualTo(1000)
                .isGreaterThan(900);
        assertThat(ConsoleLog.level("WARN")).isEqualTo(Level.WARNING);
        assertThat(ConsoleLog.level("INFO")).isEqualTo(Level.INFO);
        assertThat(ConsoleLog.level("DEBUG").intValue())
                .isLessThanOrEqualTo(500)
                .isGreaterThan(400);
        assertThat(ConsoleLog.level("TRACE").intValue()).isLessThanOrEqualTo(400);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static final class JdkLevel extends Level {
        private static final long serialVersionUID = 1;

        JdkLevel(String name, int value) {
            super(name, value);
        }
    }
}
