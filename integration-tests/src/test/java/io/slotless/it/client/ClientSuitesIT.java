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

    private static final List<Suite> SUITES = List.of(
            Suite.plain("ioredis", Language.NODE, "test/ioredis.test.js"),
            Suite.cluster("ioredis", Language.NODE, "test/ioredis.test.js"),
            Suite.plain("node-redis", Language.NODE, "test/node-redis.test.js"),
            Suite.plain("BullMQ", Language.NODE, "test/bullmq.test.js"),
            Suite.plain("redis-py", Language.PYTHON, "test_redis_py.py"),
            Suite.plain("Celery", Language.PYTHON, "test_celery.py"),
            Suite.plain("go-redis", Language.GO, "./..."),
            Suite.cluster("go-redis", Language.GO, "./..."));

    /**
     * One suite.
     *
     * @param client the value of REDIS_CLIENT: which client of the library it takes
     * @param file below the language's folder
     */
    private record Suite(String name, Language language, String client, String file, List<Target> targets) {

        static Suite plain(String name, Language language, String file) {
            return new Suite(name, language, "", file, Target.PLAIN);
        }

        static Suite cluster(String name, Language language, String file) {
            return new Suite(name + ", cluster client", language, "cluster", file, Target.AS_CLUSTER);
        }
    }

    @TestFactory
    Stream<DynamicTest> suites() {
        return SUITES.stream().flatMap(suite -> suite.targets().stream()
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
        Map<String, String> environment = Map.of(
                "REDIS_HOST", target.host(),
                "REDIS_PORT", Integer.toString(target.port()),
                "REDIS_CLIENT", suite.client());
        long start = System.nanoTime();
        String output = Program.run(
                suite.name() + " against " + target, LIMIT, environment, language.command(folder, suite.file()));
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
