package io.slotless.sidecar.proxy.subscription;

import static io.slotless.sidecar.proxy.subscription.SubscriptionConversation.atOnce;
import static io.slotless.sidecar.proxy.subscription.SubscriptionConversation.plainly;
import static io.slotless.sidecar.proxy.subscription.SubscriptionConversation.through;
import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random sequences of subscriptions and messages: through the proxy the same bytes as from a plain server. */
class SubscriptionSequencesIT {

    private static ThreeNodes cluster;
    private static RealRedis single;
    private static RealRedis plain;
    private static RunningProxy overCluster;
    private static RunningProxy overSingle;

    @BeforeContainer
    static void start() throws Exception {
        Path folder = Files.createTempDirectory("subscriptions");
        cluster = new ThreeNodes(folder);
        single = new RealRedis();
        plain = new RealRedis();
        overCluster = new RunningProxy(RunningProxy.cluster(cluster.ports()));
        overSingle = new RunningProxy(RunningProxy.standalone(single.port()));
    }

    @AfterContainer
    static void stop() {
        overCluster.close();
        overSingle.close();
        cluster.close();
        single.close();
        plain.close();
    }

    @Property(tries = 60)
    void eachFrameIsThatOfAPlainServer(@ForAll("conversations") List<String> commands, @ForAll boolean resp3) {
        int protocol = resp3 ? 3 : 2;
        List<List<String>> expected = plainly(plain.port(), commands, protocol);
        assertThat(through(overSingle, commands, protocol, expected)).isEqualTo(expected);
        assertThat(through(overCluster, commands, protocol, expected)).isEqualTo(expected);
    }

    @Property(tries = 60)
    void alsoWhenAllIsSentInOneGo(@ForAll("monologues") List<String> commands, @ForAll boolean resp3) {
        int protocol = resp3 ? 3 : 2;
        List<String> expected = atOnce(new TestClient(plain.port()), commands, protocol);
        assertThat(atOnce(overSingle.client(), commands, protocol)).isEqualTo(expected);
        assertThat(atOnce(overCluster.client(), commands, protocol)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<String>> conversations() {
        Arbitrary<String> others = Combinators.combine(
                        Arbitraries.of("PUBLISH", "SPUBLISH", "PUBSUB NUMSUB", "PUBSUB SHARDNUMSUB"),
                        names().filter(name -> !name.startsWith("__")))
                .as((word, name) -> "> " + word + " " + name + (word.endsWith("PUBLISH") ? " text" : ""));
        return Arbitraries.oneOf(
                        changes(),
                        others,
                        rest(),
                        Arbitraries.of("UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE", "RESET"))
                .list()
                .ofMaxSize(15);
    }

    @Provide
    Arbitrary<List<String>> monologues() {
        return Arbitraries.oneOf(changes(), rest()).list().ofMaxSize(20);
    }

    private static Arbitrary<String> changes() {
        return Combinators.combine(
                        Arbitraries.of(
                                "SUBSCRIBE",
                                "SUBSCRIBE",
                                "UNSUBSCRIBE",
                                "PSUBSCRIBE",
                                "PUNSUBSCRIBE",
                                "SSUBSCRIBE",
                                "SUNSUBSCRIBE"),
                        names().list().ofMinSize(1).ofMaxSize(4))
                .as((word, names) -> word + " " + String.join(" ", names));
    }

    private static Arbitrary<String> rest() {
        return Arbitraries.of(
                "PING", "PING x", "GET k", "SET k v", "INCR n", "MGET a b c", "ECHO x", "HELLO 3", "HELLO 2", "NOSUCH");
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "c", "{t}a", "{t}b", "?", "a*", "__keyevent@0__:x");
    }
}
