package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.upstream.ServerState;
import io.slotless.sidecar.upstream.ServerState.Answering;
import io.slotless.sidecar.upstream.ServerState.AsksClientsToAuthenticate;
import io.slotless.sidecar.upstream.ServerState.Failing;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real servers say about themselves, and what is said of those that say nothing. */
@Timeout(120)
class ServerStateIT {

    @Test
    void oneServerThatAnswersUntilItGoesAway() {
        try (RealRedis redis = new RealRedis();
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()))) {
            assertThat(proxy.servers()).isEqualTo(new Answering(1, 1, true));
            redis.stop();
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            proxy::servers,
                            state -> state instanceof Failing failing
                                    && failing.reason().equals("CannotConnect"));
        }
    }

    @Test
    void clusterWhoseNodesAreCountedAndWhichLosesThem(@TempDir Path folder) throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(folder);
                RunningProxy proxy = new RunningProxy(RunningProxy.cluster(nodes.ports()))) {
            assertThat(proxy.servers()).isEqualTo(new Answering(3, 3, true));
            nodes.call(1, "CLUSTER DELSLOTS 6000");
            nodes.call(0, "CLUSTER DELSLOTS 6000");
            nodes.call(2, "CLUSTER DELSLOTS 6000");
            await().atMost(Duration.ofSeconds(60)).until(proxy::servers, new Answering(3, 3, false)::equals);
        }
    }

    @Test
    void clusterThatIsNone() {
        try (RealRedis redis = new RealRedis()) {
            assertThat(stateOf(Mode.CLUSTER, null, redis)).isInstanceOfSatisfying(Failing.class, failing -> {
                assertThat(failing.reason()).isEqualTo("NotACluster");
                assertThat(failing.message()).isEqualTo("ERR This instance has cluster support disabled");
            });
        }
    }

    @Test
    void serverThatWantsAPasswordMayGetItFromItsClients() {
        try (RealRedis redis = new RealRedis("requirepass secret")) {
            assertThat(stateOf(Mode.PROXY, null, redis)).isEqualTo(new AsksClientsToAuthenticate());
            assertThat(stateOf(Mode.PROXY, new Credentials(null, "secret"), redis))
                    .isEqualTo(new Answering(1, 1, true));
        }
    }

    @Test
    void clusterThatWantsAPasswordCannotDoWithoutOurs(@TempDir Path folder) throws Exception {
        try (RealRedis redis = new RealRedis("requirepass secret")) {
            assertThat(stateOf(Mode.CLUSTER, null, redis))
                    .isEqualTo(new Failing("AuthenticationRequired", "NOAUTH Authentication required."));
        }
    }

    @Test
    void wrongPasswordIsToldAndNotWhichItWas() {
        try (RealRedis redis = new RealRedis("requirepass secret")) {
            for (Mode mode : Mode.values()) {
                assertThat(stateOf(mode, new Credentials(null, "wr0ng"), redis))
                        .isInstanceOfSatisfying(Failing.class, failing -> {
                            assertThat(failing.reason()).isEqualTo("AuthenticationFailed");
                            assertThat(failing.message())
                                    .startsWith("WRONGPASS")
                                    .doesNotContain("wr0ng");
                        });
            }
        }
    }

    @Test
    void passwordThatNobodyWantsIsRefusedAsItIsToClients() {
        try (RealRedis redis = new RealRedis()) {
            assertThat(stateOf(Mode.PROXY, new Credentials(null, "needless"), redis))
                    .isInstanceOfSatisfying(Failing.class, failing -> assertThat(failing.message())
                            .startsWith("ERR AUTH <password> called without any password configured"));
        }
    }

    @Test
    void usersOfTheServerAreAskedForByName() {
        try (RealRedis redis = new RealRedis("user anna on >annas +@all ~*")) {
            assertThat(stateOf(Mode.PROXY, new Credentials("anna", "annas"), redis))
                    .isEqualTo(new Answering(1, 1, true));
        }
    }

    private static ServerState stateOf(Mode mode, @Nullable Credentials credentials, RealRedis redis) {
        try (RunningProxy proxy = RunningProxy.withoutWaiting(
                RunningProxy.config(mode, credentials, Duration.ofSeconds(10), redis.port()))) {
            return await().atMost(Duration.ofSeconds(30))
                    .until(proxy::servers, state -> !(state instanceof ServerState.Unknown));
        }
    }
}
