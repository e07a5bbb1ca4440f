package io.slotless.sidecar.proxy;

import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real cluster of three primaries, a third of the slots each. */
public final class ThreeNodes implements AutoCloseable {

    private static final int[] FIRST_SLOTS = {0, 5461, 10_923, 16_384};

    // The words of a line of CLUSTER NODES.
    private static final int ID = 0;
    private static final int EPOCH = 6;
    private static final int FIRST_RANGE = 8;

    private final List<RealRedis> nodes = new ArrayList<>();

    public ThreeNodes(Path folder, String... settings) throws Exception {
        int[] busPorts = new int[3];
        for (int i = 0; i < 3; i++) {
            busPorts[i] = RealRedis.freePort();
            List<String> all = new ArrayList<>(List.of(settings));
            all.addAll(List.of(
                    "cluster-enabled yes",
                    "cluster-port " + busPorts[i],
                    "cluster-node-timeout 5000",
                    "enable-debug-command yes",
                    "dir " + Files.createDirectories(folder.resolve("node-" + i))));
            nodes.add(new RealRedis(all.toArray(String[]::new)));
        }
        for (int i = 0; i < 3; i++) {
            call(i, "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
            call(i, "CLUSTER ADDSLOTSRANGE " + FIRST_SLOTS[i] + " " + (FIRST_SLOTS[i + 1] - 1));
            call(i, "CLUSTER MEET 127.0.0.1 " + port(0) + " " + busPorts[0]);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isWhole(0) && isWhole(1) && isWhole(2));
    }

    public int port(int node) {
        return nodes.get(node).port();
    }

    public int[] ports() {
        return nodes.stream().mapToInt(RealRedis::port).toArray();
    }

    RealRedis node(int node) {
        return nodes.get(node);
    }

    /** A client of one node itself. */
    public TestClient client(int node) {
        return new TestClient(port(node));
    }

    public String call(int node, String command) {
        try (TestClient client = client(node)) {
            return client.call(command);
        }
    }

    /** A key whose slot is this node's at first: one slot for a node, whatever the number. */
    public static String key(int node, int number) {
        for (int i = 0; ; i++) {
            String key = "{" + i + "}:" + number;
            int slot = slot(key);
            if (slot >= FIRST_SLOTS[node] && slot < FIRST_SLOTS[node + 1]) {
                return key;
            }
        }
    }

    public static int slot(String key) {
        return SlotHash.slot(Unpooled.copiedBuffer(key, StandardCharsets.US_ASCII), 0, key.length());
    }

    public String id(int node) {
        return call(node, "CLUSTER MYID");
    }

    /** What a slot that moves looks like to its owner and to its next owner. */
    public void beginMove(int slot, int from, int to) {
        call(to, "CLUSTER SETSLOT " + slot + " IMPORTING " + id(from));
        call(from, "CLUSTER SETSLOT " + slot + " MIGRATING " + id(to));
    }

    /** The keys of a slot go to another node. */
    public void moveKey(String key, int from, int to) {
        call(from, "MIGRATE 127.0.0.1 " + port(to) + " " + key + " 0 5000");
    }

    /**
     * The slot is another node's, and every node knows: a next move before that can give two nodes the same epoch, and
     * each then names the other for good.
     */
    public void endMove(int slot, int from, int to) {
        String owner = id(to);
        call(to, "CLUSTER SETSLOT " + slot + " NODE " + owner);
        call(from, "CLUSTER SETSLOT " + slot + " NODE " + owner);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> view(0).equals(view(1)) && view(0).equals(view(2)));
    }

    /** Who has which slots since which epoch, as a node knows it. */
    private Set<String> view(int node) {
        return call(node, "CLUSTER NODES")
                .lines()
                .map(line -> line.split(" "))
                .map(words -> Stream.concat(
                                Stream.of(words[ID], words[EPOCH]),
                                Arrays.stream(words).skip(FIRST_RANGE))
                        .filter(word -> !word.startsWith("["))
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        nodes.forEach(RealRedis::close);
    }

    private boolean isWhole(int node) {
        String info = call(node, "CLUSTER INFO");
        return info.contains("cluster_state:ok")
                && info.contains("cluster_known_nodes:3")
                && info.contains("cluster_slots_ok:16384");
    }
}
