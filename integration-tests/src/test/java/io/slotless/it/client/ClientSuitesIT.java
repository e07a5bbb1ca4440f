package io.slotless.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suites in {@code integration-tests/clients}: clients of other languages, as an application that knows only plain
 * Redis uses them. Writes {@code client-suites.txt}: what ran, and what did not.
 */
class ClientSuitesIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> SUMMARY = new ArrayList<>();

    /**
     * One suite.
     *
     * @param file below the language's folder
     */
    record Suite(String name, Language language, String file) {}

    private static final List<Suite> SUITES = List.of(new Suite("ioredis", Language.NODE, "test/ioredis.test.js"));

    @TestFactory
    Stream<DynamicTest> suites() {
        return SUITES.stream().flatMap(suite -> Stream.of(Target.values())
                .map(target -> DynamicTest.dynamicTest(suite.name() + ": " + target, () -> run(suite, target))));
    }

    private static void run(Suite suite, Target target) {
        Language language = suite.language();
        if (!Program.exists(language.program())) {
            String absent = "NOT RUN: " + suite.name() + " against " + target + ": there is no " + language.program();
            SUMMARY.add(absent);
            Assumptions.abort(absent);
        }
        Path folder = language.installed();
        Map<String, String> where = Map.of(
                "REDIS_HOST", target.address().getHostString(),
                "REDIS_PORT", Integer.toString(target.address().getPort()));
        long start = System.nanoTime();
        String output =
                Program.run(suite.name() + " against " + target, LIMIT, where, language.command(folder, suite.file()));
        int tests = language.count(output);
        assertThat(tests).as(output).isPositive();
        SUMMARY.add(String.format(
                Locale.ROOT,
                "%s: %d tests against %s in %.1f s",
                suite.name(),
                tests,
                target,
                (System.nanoTime() - start) / 1e9));
    }

    @AfterAll
    static void summary() throws IOException {
        SUMMARY.forEach(System.out::println);
        Files.write(
                Java.work().resolve("client-suites.txt"),
                SUMMARY,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }
}
