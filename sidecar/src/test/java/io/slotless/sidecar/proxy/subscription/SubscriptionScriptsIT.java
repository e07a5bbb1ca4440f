package io.slotless.sidecar.proxy.subscription;

import static io.slotless.sidecar.proxy.subscription.SubscriptionConversation.atOnce;
import static io.slotless.sidecar.proxy.subscription.SubscriptionConversation.plainly;
import static io.slotless.sidecar.proxy.subscription.SubscriptionConversation.through;
import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conversations about subscriptions, one with a plain server, one with a server and one with a cluster through the proxy:
 * the same bytes.
 */
@Timeout(60)
class SubscriptionScriptsIT {

    /** Commands of the client, parted by semicolons; what begins with {@code >} is said by another client meanwhile. */
    private static final List<String> SCRIPTS = List.of(
            "SUBSCRIBE a; > PUBLISH a hello; > PUBLISH b nobody; UNSUBSCRIBE a; > PUBLISH a late",
            "SUBSCRIBE a b c; > PUBLISH c 1; > PUBLISH a 2; > PUBLISH b 3; UNSUBSCRIBE b a; > PUBLISH c 4; UNSUBSCRIBE",
            "SUBSCRIBE a a b a; SUBSCRIBE a; > PUBLISH a once; UNSUBSCRIBE a a; > PUBLISH a no; > PUBLISH b yes",
            "UNSUBSCRIBE; PUNSUBSCRIBE; SUNSUBSCRIBE; GET k",
            "UNSUBSCRIBE a b; PUNSUBSCRIBE a* b*; SUNSUBSCRIBE a b; GET k",
            "PSUBSCRIBE n*; > PUBLISH news x; > PUBLISH other x; PUNSUBSCRIBE n*; > PUBLISH news y",
            "PSUBSCRIBE n* *s ne?s; > PUBLISH news x; PUNSUBSCRIBE; > PUBLISH news y; GET k",
            "PSUBSCRIBE *; > PUBLISH a x; PUNSUBSCRIBE *",
            "SUBSCRIBE news; PSUBSCRIBE n*; > PUBLISH news both; UNSUBSCRIBE; > PUBLISH news one; PUNSUBSCRIBE n*; GET k",
            "SSUBSCRIBE s; > SPUBLISH s hello; > PUBLISH s no; SUNSUBSCRIBE s; > SPUBLISH s late; GET k",
            "SSUBSCRIBE s t u v w; > SPUBLISH s 1; > SPUBLISH t 2; > SPUBLISH u 3; SUNSUBSCRIBE w v u; > SPUBLISH s 4",
            "SSUBSCRIBE {x}a {x}b; SSUBSCRIBE {y}a {x}a; SUNSUBSCRIBE {x}a {z}c; SUNSUBSCRIBE {y}a; SUNSUBSCRIBE {x}b; GET k",
            "SUBSCRIBE a; SSUBSCRIBE a; PSUBSCRIBE a; > PUBLISH a 1; UNSUBSCRIBE; SUNSUBSCRIBE; PUNSUBSCRIBE; GET k",
            "SUBSCRIBE; PSUBSCRIBE; SSUBSCRIBE; GET k",
            "SUBSCRIBE a; PING; PING hello; PING a b; GET k; SET k v; CONFIG GET save; NOSUCH a; GET; SUBSCRIBE",
            "SUBSCRIBE a; PUBLISH a x; HELLO 2; AUTH x; SELECT 0; MULTI; EXEC x; UNSUBSCRIBE; GET k",
            "SUBSCRIBE a; RESET; GET k; > PUBLISH a x",
            "SUBSCRIBE a b; PSUBSCRIBE a*; SSUBSCRIBE s; RESET; SUBSCRIBE c; UNSUBSCRIBE; GET k",
            "WATCH k; SUBSCRIBE a; UNSUBSCRIBE a; GET k",
            "WATCH k; SUBSCRIBE a; RESET; GET k",
            "SET k v; SUBSCRIBE a; > SET k w; UNSUBSCRIBE a; GET k",
            "> PUBSUB NUMSUB a b; SUBSCRIBE a; > PUBSUB NUMSUB a b; > PUBSUB CHANNELS; > PUBSUB NUMPAT",
            "PSUBSCRIBE a* b*; SUBSCRIBE a; > PUBSUB NUMPAT; > PUBSUB CHANNELS a*; > PUBSUB CHANNELS b*; > PUBSUB NUMSUB",
            "SSUBSCRIBE s; > PUBSUB SHARDCHANNELS; > PUBSUB SHARDCHANNELS t*; > PUBSUB SHARDNUMSUB s t; > PUBSUB CHANNELS",
            "> PUBSUB SHARDNUMSUB; > PUBSUB CHANNELS a b; > PUBSUB NOSUCH; > PUBSUB; > PUBSUB NUMPAT x",
            "PSUBSCRIBE * [abc]* n*; SUBSCRIBE __keyevent@0__:set; > PUBSUB NUMPAT; > PUBSUB NUMSUB __keyevent@0__:set a",
            "> PUBLISH a; > PUBLISH; > SPUBLISH a; > SPUBLISH a b c",
            "subscribe a; uNsubscribe a; GET k",
            "HELLO 3; SUBSCRIBE a; PUBLISH a x; PUBLISH b y; PUBLISH a z; GET k; UNSUBSCRIBE a; PUBLISH a late",
            "HELLO 3; SSUBSCRIBE s {x}t; SPUBLISH s x; SPUBLISH {x}t y; SPUBLISH {y}u z; GET k; SUNSUBSCRIBE s",
            "HELLO 3; PSUBSCRIBE a*; SUBSCRIBE ab; PUBLISH ab x; HELLO 2; GET k; > PUBLISH ab y; PUNSUBSCRIBE; GET k",
            "SUBSCRIBE __keyevent@0__:set; > SET k v; > PUBLISH __keyevent@0__:del x; UNSUBSCRIBE");

    private static ThreeNodes cluster;
    private static RealRedis single;
    private static RealRedis plain;
    private static RunningProxy overCluster;
    private static RunningProxy overSingle;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        single = new RealRedis();
        plain = new RealRedis();
        overCluster = new RunningProxy(RunningProxy.cluster(cluster.ports()));
        overSingle = new RunningProxy(RunningProxy.standalone(single.port()));
    }

    @AfterAll
    static void stop() {
        overCluster.close();
        overSingle.close();
        cluster.close();
        single.close();
        plain.close();
    }

    static Stream<Arguments> scripts() {
        return SCRIPTS.stream().flatMap(script -> Stream.of(Arguments.of(2, script), Arguments.of(3, script)));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void eachFrameIsThatOfAPlainServer(int protocol, String script) {
        List<List<String>> expected = plainly(plain.port(), commands(script), protocol);
        assertThat(through(overSingle, commands(script), protocol, expected)).isEqualTo(expected);
        assertThat(through(overCluster, commands(script), protocol, expected)).isEqualTo(expected);
    }

    /** Without those that hang on what happens between two commands. */
    static Stream<Arguments> scriptsOfOneClient() {
        return scripts().filter(arguments -> !arguments.get()[1].toString().contains(">"));
    }

    @ParameterizedTest
    @MethodSource("scriptsOfOneClient")
    void alsoWhenAllIsSentInOneGo(int protocol, String script) {
        List<String> expected = atOnce(new TestClient(plain.port()), commands(script), protocol);
        assertThat(atOnce(overSingle.client(), commands(script), protocol)).isEqualTo(expected);
        assertThat(atOnce(overCluster.client(), commands(script), protocol)).isEqualTo(expected);
    }

    @Test
    void whoWantsNoRepliesHearsConfirmationsAndMessages() {
        List<String> expected = withoutReplies(new TestClient(plain.port()), new TestClient(plain.port()));
        assertThat(withoutReplies(overSingle.client(), overSingle.client())).isEqualTo(expected);
        assertThat(withoutReplies(overCluster.client(), overCluster.client())).isEqualTo(expected);
    }

    private static List<String> withoutReplies(TestClient client, TestClient other) {
        try (client;
                other) {
            client.call("HELLO 3");
            client.add("CLIENT REPLY OFF").add("GET k").add("SUBSCRIBE a").send();
            List<String> frames = new ArrayList<>(List.of(client.wireReply()));
            other.call("PUBLISH a x");
            frames.add(client.wireReply());
            client.add("GET k").add("CLIENT REPLY ON").send();
            frames.add(client.wireReply());
            return frames;
        }
    }

    private static List<String> commands(String script) {
        return Arrays.stream(script.split(";", -1)).map(String::strip).toList();
    }
}
