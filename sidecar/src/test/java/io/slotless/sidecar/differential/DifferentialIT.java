package io.slotless.sidecar.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every command is answered from a cluster as a plain Redis answers it, but for what {@code by-design.txt} names. */
class DifferentialIT {

    private static final Path FILE = Path.of("target", "differential.md");

    private static final Rules RULES = Rules.read();
    private static final Vocabulary VOCABULARY = Vocabulary.read();
    private static final Report REPORT = new Report();

    private static RealRedis redis;
    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private static Sides sides;

    @BeforeAll
    static void start() throws Exception {
        Path folder = Files.createTempDirectory("differential");
        redis = new RealRedis("enable-debug-command yes", "dir " + Files.createDirectories(folder.resolve("plain")));
        cluster = new ThreeNodes(folder);
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
        sides = new Sides(new Side(redis.port(), redis.port()), new Side(proxy.port(), cluster.ports()));
    }

    @AfterAll
    static void stop() throws Exception {
        REPORT.conclude(FILE, RULES);
        sides.close();
        proxy.close();
        cluster.close();
        redis.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCommandIsAnsweredAsByAPlainServer() {
        Runner runner = new Runner(sides, RULES);
        List<Subject> subjects = Subject.all(sides.plain().shared(2));
        Stream<DynamicTest> commands = subjects.stream()
                .map(subject -> DynamicTest.dynamicTest(subject.name(), () -> generated(subject, runner)));
        DynamicTest stale = DynamicTest.dynamicTest("no exception is stale", () -> assertThat(RULES.unused())
                .as("exceptions that nothing needs")
                .isEmpty());
        String only = System.getProperty("slotless.differential", "");
        return Stream.of(commands, conversations(), Stream.of(stale))
                .flatMap(tests -> tests)
                .filter(test -> only.isEmpty() || test.getDisplayName().matches(only));
    }

    private static Stream<DynamicTest> conversations() {
        Conversations conversations = new Conversations(sides, RULES);
        return Conversation.all().stream()
                .map(conversation -> DynamicTest.dynamicTest(conversation.title(), () -> {
                    Tally tally = REPORT.of("conversation: " + conversation.title());
                    conversations.hold(conversation, 2, tally);
                    conversations.hold(conversation, 3, tally);
                    expectNoDifference(conversation.title(), tally);
                }));
    }

    private static void generated(Subject subject, Runner runner) {
        Tally tally = REPORT.of(subject.name());
        for (int protocol = 2; protocol <= 3; protocol++) {
            for (CommandLine line : Generator.calls(subject, VOCABULARY)) {
                runner.run(subject, line, protocol, tally);
            }
        }
        expectNoDifference(subject.name(), tally);
    }

    private static void expectNoDifference(String name, Tally tally) {
        tally.shortestDifference()
                .ifPresent(shortest -> fail(name + ": " + tally.differences().size()
                        + " differences without a reason, among them\n" + shortest));
    }
}
