package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.sidecar.testing.RealRedis;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the rest of a start may go on. */
@Timeout(120)
class HeardIT {

    private static final Duration NEVER = Duration.ofHours(1);

    @Test
    void whenTheTopologyIsKnown(@TempDir Path folder) throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(folder);
                RunningProxy proxy = RunningProxy.withoutWaiting(RunningProxy.cluster(nodes.ports()))) {
            RunningProxy.await(proxy.heard(NEVER));
            try (TestClient client = proxy.client()) {
                assertThat(client.call("SET k v")).isEqualTo("OK");
            }
        }
    }

    @Test
    void whenNobodyIsThere() {
        try (RunningProxy proxy = RunningProxy.withoutWaiting(RunningProxy.cluster(RealRedis.freePort()))) {
            RunningProxy.await(proxy.heard(NEVER));
        }
    }

    @Test
    void atOnceInFrontOfASingleServer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(silent.getLocalPort()))) {
            RunningProxy.await(proxy.heard(NEVER));
        }
    }

    @Test
    void afterTheLimitWhenServersSayNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                RunningProxy proxy = RunningProxy.withoutWaiting(RunningProxy.cluster(silent.getLocalPort()))) {
            Future<Void> heard = proxy.heard(Duration.ofMillis(100));
            assertThat(heard.isComplete()).isFalse();
            await().until(heard::succeeded);
        }
    }
}
