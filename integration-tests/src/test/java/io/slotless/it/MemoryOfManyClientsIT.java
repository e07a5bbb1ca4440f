package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.resp.PlainRedisClient;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients that each may have a little, in a sidecar with the memory of its container, beside one that needs next to nothing. */
@Timeout(240)
class MemoryOfManyClientsIT {

    private static final int CLIENTS = 1500;

    private static final Stage STAGE = Stage.shared();

    private final List<PlainRedisClient> many = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private SidecarProcess sidecar;
    private PlainRedisClient small;

    @BeforeEach
    void start() {
        sidecar = STAGE.sidecar(
                Java.program(
                        "sidecar",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-Dio.netty.allocator.numDirectArenas=1",
                        "-Dio.netty.allocator.numHeapArenas=0",
                        "-Dio.netty.allocator.maxOrder=3"),
                "many-clients",
                STAGE.clusterBootstrap(6));
        small = client();
        small.demand("SET", "small", "1");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        many.forEach(PlainRedisClient::close);
        small.close();
        sidecar.close();
        STAGE.cluster().flush();
    }

    @Test
    void whoHasSentAnInlineCommandAndSaysNothingMoreTakesNothing() {
        byte[] inline = ("SET inline " + "x".repeat(60_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        IntStream.range(0, CLIENTS).forEach(i -> {
            PlainRedisClient client = client();
            many.add(client);
            client.send(inline);
            assertThat(client.read().wire()).isEqualTo("+OK\r\n");
        });
        assertThatOthersGoOn();
    }

    @Test
    void whoHasBegunACommandAndStoppedDoesNotTakeWhatOthersNeed() {
        byte[] half = ("*3\r\n$3\r\nSET\r\n$4\r\nhalf\r\n$60000\r\n" + "x".repeat(59_000))
                .getBytes(StandardCharsets.US_ASCII);
        IntStream.range(0, CLIENTS).forEach(i -> {
            PlainRedisClient client = client();
            many.add(client);
            client.send(half);
        });
        assertThatOthersGoOn();
    }

    @Test
    void manyLargeValuesForManyClientsAtOnceAllArrive() throws Exception {
        byte[] value = new byte[1024 * 1024];
        List<byte[]> mget = new ArrayList<>(List.of("MGET".getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < 10; i++) {
            byte[] key = ("large" + i).getBytes(StandardCharsets.US_ASCII);
            small.call(List.of("SET".getBytes(StandardCharsets.US_ASCII), key, value));
            mget.add(key);
        }
        byte[] command = PlainRedisClient.encode(mget);
        List<CompletableFuture<Integer>> replies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            PlainRedisClient client = client().withReadTimeout(Duration.ofMinutes(2));
            many.add(client);
            client.send(command);
            replies.add(CompletableFuture.supplyAsync(() -> client.read().wire().length(), threads));
        }
        assertThatOthersGoOn();
        for (CompletableFuture<Integer> reply : replies) {
            assertThat(reply.get()).isEqualTo("*10\r\n".length() + 10 * (value.length + "$1048576\r\n\r\n".length()));
        }
        assertThatOthersGoOn();
        assertThat(sidecar.metrics()).containsPattern("slotless_clients_evicted_total\\{[^}]*} 0");
    }

    private void assertThatOthersGoOn() {
        for (int i = 0; i < 100; i++) {
            assertThat(small.call("GET", "small").wire()).isEqualTo("$1\r\n1\r\n");
        }
        assertThat(sidecar.process().isAlive()).isTrue();
        assertThat(sidecar.process().logTail(100)).doesNotContain("OutOfMemoryError");
    }

    private static PlainRedisClient client() {
        return PlainRedisClient.connect(new InetSocketAddress(Stage.sidecarAddress(6), STAGE.port()));
    }
}
