package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** redis-cli, as it is used with a single Redis; other clients have suites of their own. */
class RedisCliIT {

    private static final String CROSSING = "return redis.call('INCRBY', KEYS[1], ARGV[1])";

    private final Stage stage = Stage.shared();

    @BeforeEach
    void empty() {
        stage.cluster().flush();
    }

    @Test
    void redisCli() throws Exception {
        Path cli = redisCliProgram();
        assertThat(run(cli, "SET", "foo", "bar")).isEqualTo("OK\n");
        assertThat(run(cli, "GET", "foo")).isEqualTo("bar\n");
        assertThat(run(cli, "-3", "HSET", "hash", "a", "1", "b", "2")).isEqualTo("2\n");
        assertThat(run(cli, "-3", "--no-raw", "HGETALL", "hash")).isEqualTo("1# \"a\" => \"1\"\n2# \"b\" => \"2\"\n");
        assertThat(run(cli, "RPUSH", "list", "a", "b", "c")).isEqualTo("3\n");
        assertThat(run(cli, "LRANGE", "list", "0", "-1")).isEqualTo("a\nb\nc\n");
        assertThat(run(cli, "SADD", "set", "x")).isEqualTo("1\n");
        assertThat(run(cli, "ZADD", "zset", "1.5", "one")).isEqualTo("1\n");
        assertThat(run(cli, "XADD", "stream", "1-1", "field", "value")).isEqualTo("1-1\n");
        assertThat(run(cli, "MSET", "a", "1", "b", "2", "c", "3")).isEqualTo("OK\n");
        assertThat(run(cli, "MGET", "c", "b", "a")).isEqualTo("3\n2\n1\n");
        assertThat(run(cli, "EVAL", CROSSING, "1", "a", "41")).isEqualTo("42\n");
        assertThat(run(cli, "EXPIRE", "foo", "100")).isEqualTo("1\n");
        assertThat(run(cli, "INCR", "foo")).isEqualTo("ERR value is not an integer or out of range\n\n");
        assertThat(run(cli, "NOSUCHCOMMAND")).startsWith("ERR unknown command 'NOSUCHCOMMAND'");
        // Interactive use: one connection, and COMMAND DOCS for its help.
        assertThat(conversation(cli, "SET k v\nGET k\nDEL k foo\n")).isEqualTo("OK\nv\n2\n");
    }

    /** Not on Maven Central: from TEST_REDIS_CLI or the path. Where it must be there (CI), its absence fails. */
    private static Path redisCliProgram() {
        String given = System.getenv("TEST_REDIS_CLI");
        Stream<Path> candidates = given != null
                ? Stream.of(Path.of(given))
                : Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "redis-cli"));
        Path cli = candidates.filter(Files::isExecutable).findFirst().orElse(null);
        String absent = "redis-cli is not here, so it is NOT TESTED: install redis-tools, or set TEST_REDIS_CLI";
        if (cli == null) {
            System.err.println("WARNING: " + absent);
            assertThat(Boolean.getBoolean("test.redis-cli.required")).as(absent).isFalse();
        }
        Assumptions.assumeTrue(cli != null, absent);
        return cli;
    }

    private String run(Path cli, String... arguments) throws Exception {
        return output(cli, List.of(arguments), "");
    }

    private String conversation(Path cli, String input) throws Exception {
        return output(cli, List.of(), input);
    }

    private String output(Path cli, List<String> arguments, String input) throws Exception {
        InetSocketAddress host = stage.clusterHost();
        List<String> command = new ArrayList<>(
                List.of(cli.toString(), "-h", host.getHostString(), "-p", Integer.toString(host.getPort())));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
