package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that together are many times what a sidecar has for them, beside a client that needs next to nothing. */
@Timeout(180)
class LargeCommandsIT {

    private static final int CLIENTS = 20;
    private static final byte[] VALUE = new byte[10_000_000];
    private static final int ARGUMENTS = 1_000_000;

    private static final Stage STAGE = Stage.shared();
    private static SidecarProcess sidecar;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PlainRedisClient small;

    @BeforeAll
    static void startWithLittleMemory() {
        sidecar = STAGE.sidecar(
                Java.program(
                        "sidecar",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-Dio.netty.allocator.numDirectArenas=1",
                        "-Dio.netty.allocator.numHeapArenas=0",
                        "-Dio.netty.allocator.maxOrder=5"),
                "large-commands",
                STAGE.host(Stage.SINGLE_HOST, 4),
                STAGE.clusterBootstrap(5));
    }

    @AfterAll
    static void stop() {
        single("FLUSHALL");
        sidecar.close();
        STAGE.cluster().flush();
    }

    @BeforeEach
    void connect() {
        small = client(5);
        small.demand("SET", "small", "1");
    }

    @AfterEach
    void leave() {
        small.close();
        threads.shutdownNow();
    }

    @Test
    void largeValuesOfManyClientsAtOnceAllArriveAndOthersGoOn() throws Exception {
        List<Future<Reply>> replies = atOnce(CLIENTS, client -> List.of("SET".getBytes(), key(client), VALUE), 5);
        long gets = 0;
        while (!replies.stream().allMatch(Future::isDone)) {
            assertThat(small.call("GET", "small").wire()).isEqualTo("$1\r\n1\r\n");
            gets++;
        }
        assertThat(gets).isPositive();
        for (Future<Reply> reply : replies) {
            assertThat(reply.get().wire()).isEqualTo("+OK\r\n");
        }
        for (int client = 0; client < CLIENTS; client++) {
            assertThat(small.call("STRLEN", new String(key(client))).wire()).isEqualTo(":" + VALUE.length + "\r\n");
        }
        assertThat(sidecar.metrics()).containsPattern("slotless_requests_held_back_total\\{[^}]*} [1-9]");
    }

    @Test
    void severalLargeValuesInEachCommandArriveToo() throws Exception {
        byte[] value = new byte[2_000_000];
        List<Future<Reply>> replies = atOnce(
                CLIENTS,
                client -> {
                    List<byte[]> mset = new ArrayList<>(List.of("MSET".getBytes()));
                    IntStream.range(0, 5).forEach(i -> mset.addAll(List.of((client + "-" + i).getBytes(), value)));
                    return mset;
                },
                4);
        for (Future<Reply> reply : replies) {
            assertThat(reply.get().wire()).isEqualTo("+OK\r\n");
        }
    }

    /** Their places in the command, and its parts, take more of the heap than their bytes do outside of it. */
    @Test
    void verySmallValuesOfManyKeysArriveToo() throws Exception {
        List<Future<Reply>> replies = atOnce(
                CLIENTS / 4,
                client -> {
                    List<byte[]> mset = new ArrayList<>(List.of("MSET".getBytes()));
                    IntStream.range(0, 90_000)
                            .forEach(i -> mset.addAll(List.of((client + "-" + i % 9_000).getBytes(), "x".getBytes())));
                    return mset;
                },
                5);
        for (Future<Reply> reply : replies) {
            assertThat(reply.get().wire()).isEqualTo("+OK\r\n");
        }
    }

    @Test
    void aMillionSmallArgumentsAreRefusedInWordsAndOthersGoOn() throws Exception {
        for (String command : List.of("MSET", "RPUSH")) {
            List<byte[]> arguments = new ArrayList<>(List.of(command.getBytes()));
            IntStream.rangeClosed(1, ARGUMENTS + (command.equals("MSET") ? 0 : 1))
                    .forEach(i -> arguments.add(("argument" + i).getBytes()));
            byte[] bytes = PlainRedisClient.encode(arguments);
            for (int number : new int[] {4, 5}) {
                try (PlainRedisClient large = client(number)) {
                    Future<?> sending = threads.submit(() -> large.send(bytes));
                    assertThat(large.read().text()).contains("arguments that the memory limit of this sidecar allows");
                    assertThat(small.call("GET", "small").wire()).isEqualTo("$1\r\n1\r\n");
                    sending.cancel(true);
                }
            }
        }
        assertThat(small.call("SET", "small", "1").wire()).isEqualTo("+OK\r\n");
    }

    private List<Future<Reply>> atOnce(int clients, CommandOf command, int number) throws InterruptedException {
        List<Callable<Reply>> calls = new ArrayList<>();
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            byte[] bytes = PlainRedisClient.encode(command.of(i));
            calls.add(() -> {
                try (PlainRedisClient client = client(number).withReadTimeout(Duration.ofMinutes(2))) {
                    client.send(bytes);
                    return client.read();
                }
            });
        }
        calls.forEach(call -> replies.add(threads.submit(call)));
        return replies;
    }

    private static byte[] key(int client) {
        return ("large" + client).getBytes();
    }

    private static PlainRedisClient client(int number) {
        return PlainRedisClient.connect(new InetSocketAddress(Stage.sidecarAddress(number), STAGE.port()));
    }

    private static void single(String command) {
        try (PlainRedisClient client = client(4)) {
            client.demand(command);
        }
    }

    private interface CommandOf {
        List<byte[]> of(int client);
    }
}
