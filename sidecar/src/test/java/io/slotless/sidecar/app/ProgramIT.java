package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.sidecar.kubernetes.TestApiServer;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody sees who runs {@code java -jar slotless-sidecar.jar}. */
class ProgramIT {

    private static final String BOOTSTRAP = """
            {"version": 1, "clusterDomain": "cluster.local", "hosts": [
              {"host": "cache.redis.svc.cluster.local", "listenAddress": "127.0.0.1", "listenPort": %d,
               "upstreamHost": "cache.redis.svc.cluster.local", "upstreamPort": 6379, "namespace": "redis"}]}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ANY | thing | slotless: nothing to serve: set SLOTLESS_BOOTSTRAP (the webhook does), or",
                "SLOTLESS_DIRECTORY | /no/such/folder | slotless: slotless.directory: '/no/such/folder' is not a folder",
                "SLOTLESS_BOOTSRAP | {} | slotless: unknown settings: SLOTLESS_BOOTSRAP; known are: slotless.api-server.",
                "SLOTLESS_BOOTSTRAP | {} | slotless: SLOTLESS_BOOTSTRAP has no version",
                "SLOTLESS_EVENT_LOOPS | many | slotless: slotless.event-loops: Expected an integer value",
                "SLOTLESS_DNS_SERVERS | dns | slotless: slotless.dns.servers: 'dns' is not an IPv4 address, or one with a port",
            })
    void wrongUseIsToldInOneLine(String variable, String value, String message) throws InterruptedException {
        try (Program program = new Program(Map.of(variable, value))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.output()).singleElement().asString().startsWith(message);
        }
    }

    @Test
    void anAddressInUseIsToldInOneLine() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Program program =
                        new Program(Map.of("SLOTLESS_BOOTSTRAP", BOOTSTRAP.formatted(taken.getLocalPort())))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.output())
                    .singleElement()
                    .asString()
                    .startsWith("slotless: cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void servesAFolderAndFollowsItOnALiveConnection() throws IOException, InterruptedException {
        int port = Program.freePort();
        try (RealRedis first = new RealRedis();
                RealRedis second = new RealRedis("requirepass hunter2")) {
            first.connect().call("SET", "who", "first");
            second.connect().callRaw("AUTH hunter2\r\n".getBytes(StandardCharsets.UTF_8));
            describe(port, first.port(), "{}");
            try (Program program = new Program(Map.of("SLOTLESS_DIRECTORY", folder.toString()))) {
                program.awaitReady();
                RespSocket client = new RespSocket(port);
                assertThat(client.call("GET", "who"))
                        .hasToString(first.connect().call("GET", "who").toString());
                describe(port, second.port(), "{auth: {plain: {password: hunter2}}}");
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(client.callRaw("GET who\r\n".getBytes(StandardCharsets.UTF_8)))
                                .isEqualTo("$-1\r\n"));
                program.terminate();
                assertThat(program.exitCode()).isEqualTo(143);
                assertThat(program.output()).hasSize(2);
                assertThat(program.output().get(0)).contains("serves localhost (PROXY on 127.0.0.1:" + port + ")");
                assertThat(program.output().get(1)).contains("destination configured: host=localhost");
            }
        }
    }

    @Test
    void anOpenWatchDoesNotHoldUpTheEnd() throws InterruptedException {
        try (TestApiServer server = new TestApiServer(0);
                Program program = new Program(
                        Map.of("SLOTLESS_BOOTSTRAP", BOOTSTRAP.formatted(Program.freePort())),
                        "-Dslotless.api-server.url=" + server.url())) {
            program.awaitReady();
            await().atMost(Duration.ofSeconds(20)).until(() -> server.requests() >= 2);
            long start = System.nanoTime();
            program.terminate();
            assertThat(program.exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(program.output()).hasSize(1);
        }
    }

    /** What is not there is looked for in every jar, at every start. */
    @Test
    void noLibraryLooksForALogThatIsNotThere() throws IOException {
        Path classes = folder.resolve("classes");
        try (Program program = new Program(
                Map.of("SLOTLESS_BOOTSTRAP", BOOTSTRAP.formatted(Program.freePort())),
                "-Xlog:class+load:file=" + classes)) {
            program.awaitReady();
            assertThat(Files.readString(classes))
                    .contains("JULLogDelegateFactory", "JdkLoggerFactory")
                    .doesNotContainIgnoringCase("slf4j")
                    .doesNotContainIgnoringCase("log4j");
        }
    }

    private void describe(int port, int redisPort, String redis) throws IOException {
        Path file = Files.writeString(folder.resolve(".new"), """
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata:
                  name: cache
                  annotations: {slotless.io/listen: "%d"}
                spec:
                  host: localhost
                  port: %d
                  trafficPolicy: {connectionPool: {redis: %s}}
                """.formatted(port, redisPort, redis));
        Files.move(file, folder.resolve("cache.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }
}
