package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever several clients say to each other's keys: a cluster through the proxy answers what a plain server answers. */
class TransactionSequencesIT {

    private static final int CLIENTS = 3;

    /** Each is said by one client in one go. */
    private static final List<String> COMMANDS = List.of(
            "MULTI",
            "MULTI",
            "EXEC",
            "EXEC",
            "EXEC",
            "DISCARD",
            "WATCH {t}a",
            "WATCH {t}b {t}c",
            "WATCH {t}a",
            "UNWATCH",
            "SET {t}a x",
            "SET {t}b 1",
            "INCR {t}b",
            "INCR {t}a",
            "APPEND {t}c y",
            "GET {t}a",
            "GET {t}b",
            "MGET {t}a {t}b {t}c",
            "DEL {t}a {t}b",
            "RPUSH {t}l v",
            "LRANGE {t}l 0 -1",
            "BLPOP {t}l 0.01",
            "PING",
            "ECHO x",
            "NOSUCH x",
            "GET",
            "CLIENT GETNAME",
            "CLIENT SETNAME x",
            "EVAL return(redis.call('incr',KEYS[1])) 1 {t}d",
            "RESET");

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private static RealRedis plain;

    @BeforeContainer
    static void start() throws Exception {
        cluster = new ThreeNodes(Files.createTempDirectory("sequences"));
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
        plain = new RealRedis();
    }

    @AfterContainer
    static void stop() {
        proxy.close();
        cluster.close();
        plain.close();
    }

    @Property(tries = 150)
    void theyGetTheRepliesOfAPlainServer(@ForAll("turns") @Size(max = 40) List<Turn> turns) {
        assertThat(talk(turns, proxy::client)).isEqualTo(talk(turns, () -> new TestClient(plain.port())));
    }

    @Provide
    Arbitrary<List<Turn>> turns() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, CLIENTS - 1),
                        Arbitraries.of(COMMANDS).list().ofMinSize(1).ofMaxSize(6))
                .as(Turn::new)
                .list()
                .ofMaxSize(40);
    }

    private static List<String> talk(List<Turn> turns, Supplier<TestClient> connect) {
        List<TestClient> clients = Stream.generate(connect).limit(CLIENTS).toList();
        clients.get(0).call("FLUSHALL");
        List<String> replies = new ArrayList<>();
        for (Turn turn : turns) {
            TestClient client = clients.get(turn.client);
            turn.commands.forEach(client::add);
            client.send();
            turn.commands.forEach(command -> replies.add(command + " -> " + client.wireReply()));
        }
        clients.forEach(TestClient::close);
        return replies;
    }

    /** One client says these in one write and reads the replies. */
    private record Turn(int client, List<String> commands) {}
}
