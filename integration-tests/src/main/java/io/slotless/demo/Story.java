package io.slotless.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.fixture.kubernetes.WebhookProcess.Admission;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.util.ArrayList;
import java.util.List;

/** The chapters of the demo. Each checks what it says. */
final class Story {

    private static final int KEYS = 3000;
    private static final int SLOT_OF_FOO = 12182;

    private final DemoStage stage;
    private final Screen screen;

    Story(DemoStage stage, Screen screen) {
        this.stage = stage;
        this.screen = screen;
    }

    void tell() {
        cast();
        withoutSlotless();
        JsonNode pod = admission();
        stage.startSidecar(pod);
        try (Application shop = Application.inPod(pod, "redis-cluster", stage.port(), screen)) {
            passedThrough(shop);
            cluster(shop);
            spread(shop);
        }
        try (Application shop = Application.inPod(pod, "redis-single", stage.port(), screen)) {
            thereAndBack(shop);
        }
    }

    private void cast() {
        screen.step("A real Redis Cluster and a single Redis");
        List<RedisServer> primaries = stage.cluster().primaries();
        for (int i = 0; i < primaries.size(); i++) {
            int slot = (i * 2 + 1) * 16384 / (primaries.size() * 2);
            screen.say("shard %d      %s, replica %s"
                    .formatted(
                            i,
                            primaries.get(i).hostAndPort(),
                            stage.cluster().replicaOf(slot).hostAndPort()));
        }
        screen.say("single Redis %s".formatted(stage.single().hostAndPort()));
        screen.detail("Redis " + stage.single().info("redis_version") + ", ready after " + screen.elapsed());
    }

    private void withoutSlotless() {
        screen.step("A client that knows only plain Redis cannot use the cluster");
        RedisServer wrong = stage.cluster().primaryOf(0);
        RedisServer right = stage.cluster().primaryOf(SLOT_OF_FOO);
        try (Application client = Application.connect(wrong.hostAndPort() + ">", wrong.address(), screen)) {
            client.run(moved(right), "SET", "foo", "bar");
        }
    }

    private static String moved(RedisServer right) {
        return "(error) MOVED " + SLOT_OF_FOO + " " + right.hostAndPort();
    }

    private JsonNode admission() {
        screen.step("A pod that asks for it passes the webhook");
        stage.api().apply(Manifests.services(stage.port()));
        JsonNode pod = json(Manifests.pod(stage.port()));
        Admission admission = stage.webhook().admit(pod);
        admission.warnings().forEach(warning -> screen.error("Warning: " + warning));
        if (!admission.allowed() || admission.pod().equals(pod)) {
            throw new DemoFailure("the webhook did not inject the pod");
        }
        screen.command("$", "kubectl apply -f shop.yaml");
        screen.detail("POST " + stage.webhook().url() + " answers with this change:");
        PodDiff.print(pod, admission.pod(), screen);
        return admission.pod();
    }

    private void passedThrough(Application shop) {
        screen.step("Nothing says yet what redis-cluster is: the sidecar passes everything through");
        screen.detail(
                "The sidecar runs with exactly the environment above; the application connects to redis-cluster.");
        shop.run(moved(stage.cluster().primaryOf(SLOT_OF_FOO)), "SET", "foo", "bar");
    }

    private void cluster(Application shop) {
        screen.step("One object, and the same connection works");
        apply("redis-cluster.yaml", Manifests.clusterMode());
        shop.runUntil("OK", "SET", "foo", "bar");
        shop.run("\"bar\"", "GET", "foo");
        requireEqual(
                "bar", stage.cluster().primaryOf(SLOT_OF_FOO).call("GET", "foo").text());
        screen.detail("The application did not reconnect.");
    }

    private void spread(Application shop) {
        screen.step("Keys land on all shards; commands over several of them are split and merged in order");
        List<List<byte[]>> sets = new ArrayList<>();
        for (int i = 1; i <= KEYS; i++) {
            sets.add(PlainRedisClient.bytes("SET", "user:" + i, "user number " + i));
        }
        List<Reply> replies = shop.client().pipeline(sets);
        long stored =
                replies.stream().filter(reply -> reply.text().equals("OK")).count();
        screen.say("%d SETs in one pipeline: %d times OK".formatted(KEYS, stored));
        requireEqual((long) KEYS, stored);
        long total = 0;
        for (RedisServer primary : stage.cluster().primaries()) {
            long keys = primary.call("DBSIZE").number();
            total += keys;
            screen.command(primary.hostAndPort() + ">", "DBSIZE");
            screen.good("(integer) " + keys);
            if (keys < KEYS / 5) {
                throw new DemoFailure("this shard has too few keys");
            }
        }
        requireEqual(KEYS + 1L, total);
        shop.run(
                "1) \"user number 1\"\n2) \"user number 2\"\n3) \"user number 3\"\n4) (nil)\n5) \"user number 3000\"",
                "MGET",
                "user:1",
                "user:2",
                "user:3",
                "nobody",
                "user:3000");
    }

    private void thereAndBack(Application shop) {
        screen.step("From a single Redis to the cluster and back: nothing in the application moves");
        shop.run("OK", "SET", "greeting", "hello from the single Redis");
        apply("redis-single.yaml", Manifests.moved(stage.port()));
        shop.runUntil("(nil)", "GET", "greeting");
        shop.run("OK", "SET", "greeting", "hello from the cluster");
        RedisServer home = stage.cluster().primaryOf(stage.cluster().slotOf("greeting"));
        screen.command(home.hostAndPort() + ">", "GET greeting");
        String found = home.call("GET", "greeting").text();
        screen.good("\"" + found + "\"");
        requireEqual("hello from the cluster", found);
        apply("redis-single.yaml", Manifests.back());
        shop.runUntil("\"hello from the single Redis\"", "GET", "greeting");
        screen.detail("All of this on one connection.");
    }

    private void apply(String file, String manifest) {
        screen.command("$", "kubectl apply -f " + file);
        screen.detail(manifest);
        stage.api().apply(manifest);
    }

    private static void requireEqual(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new DemoFailure("this was to be " + expected + " and is " + actual);
        }
    }

    private static JsonNode json(String yaml) {
        return Serialization.unmarshal(yaml, JsonNode.class);
    }
}
