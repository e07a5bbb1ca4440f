package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.testing.RealRedis;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlLoopIT {

    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<Thread> ofTopology = new CompletableFuture<>();
    private final CompletableFuture<Thread> ofClients = new CompletableFuture<>();

    @Test
    void topologyIsNotReadOnTheLoopThatCarriesClients(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ThreeNodes nodes = new ThreeNodes(folder)) {
            VertxRedisProxy proxy =
                    new VertxRedisProxy(vertx, vertx.getOrCreateContext(), ProxySettings.DEFAULT, new ProxyListener() {
                        @Override
                        public void topologyChanged(String host, int shards, int count) {
                            ofTopology.complete(Thread.currentThread());
                        }

                        @Override
                        public void clientConnected(String host) {
                            ofClients.complete(Thread.currentThread());
                        }
                    });
            int port = RealRedis.freePort();
            RunningProxy.await(proxy.listen(new Listen("127.0.0.1", port), RunningProxy.cluster(nodes.ports())));
            try (TestClient client = new TestClient(port)) {
                client.call("PING");
                assertThat(ofTopology.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .isNotEqualTo(ofClients.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        } finally {
            RunningProxy.await(vertx.close());
        }
    }
}
