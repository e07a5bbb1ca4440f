package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 200 clients listen to 100 channels each, and to some shard channels, while a primary dies and a slot moves: every message
 * that is published after that comes, once for each subscription.
 */
@Timeout(240)
class SubscriptionsOverFailoverIT {

    private static final int CLIENTS = 200;
    private static final int CHANNELS_OF_EACH = 100;
    private static final int CHANNELS = 500;
    private static final int SHARD_CHANNELS_OF_EACH = 4;
    private static final int SHARD_CHANNELS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage = Stage.shared();
    private final List<PlainRedisClient> clients = new ArrayList<>();
    private PlainRedisClient publisher;

    @BeforeEach
    void subscribe() {
        publisher = stage.clusterClient();
        for (int number = 0; number < CLIENTS; number++) {
            PlainRedisClient client = stage.clusterClient();
            clients.add(client);
            client.demand("HELLO", number % 2 == 0 ? "2" : "3");
            client.send(command("SUBSCRIBE", channels(number)));
            client.send(command("SSUBSCRIBE", shardChannels(number)));
        }
        for (PlainRedisClient client : clients) {
            for (int i = 0; i < CHANNELS_OF_EACH + SHARD_CHANNELS_OF_EACH; i++) {
                assertThat(client.read().elements().get(0).text()).endsWith("subscribe");
            }
        }
    }

    @AfterEach
    void heal() {
        clients.forEach(PlainRedisClient::close);
        publisher.close();
        stage.cluster().heal();
    }

    @Test
    void everyMessageComesOncePerSubscription() {
        eachGetsItsMessages("before");

        RedisServer home = stage.cluster().primaryOf(0);
        home.kill();
        stage.cluster().awaitFailover(0, home);
        awaitAllSubscribed();
        eachGetsItsMessages("after");
        eachGetsItsMessages("again");

        int slot = stage.cluster().slotOf("s0");
        RedisServer owner = stage.cluster().primaryOf(slot);
        stage.cluster().heal();
        stage.cluster()
                .moveSlot(
                        slot,
                        stage.cluster().primaries().stream()
                                .filter(primary -> primary != owner)
                                .findFirst()
                                .orElseThrow());
        awaitAllSubscribed();
        eachGetsItsMessages("moved");
        eachGetsItsMessages("and again");
        stage.cluster().moveSlot(slot, owner);
    }

    /** What came too often would be found among the messages of the next round. */
    private void eachGetsItsMessages(String text) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            publisher.demand("PUBLISH", "c" + channel, text);
        }
        for (int channel = 0; channel < SHARD_CHANNELS; channel++) {
            publisher.demand("SPUBLISH", "s" + channel, text);
        }
        for (int number = 0; number < CLIENTS; number++) {
            List<String> expected = new ArrayList<>();
            channels(number).forEach(channel -> expected.add("message " + channel + " " + text));
            shardChannels(number).forEach(channel -> expected.add("smessage " + channel + " " + text));
            List<String> received = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                received.add(words(clients.get(number).read()));
            }
            assertThat(received).as("client " + number).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private void awaitAllSubscribed() {
        List<String> channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> "c" + i).toList();
        List<String> shardChannels =
                IntStream.range(0, SHARD_CHANNELS).mapToObj(i -> "s" + i).toList();
        await().atMost(PATIENCE)
                .until(() -> subscribers("NUMSUB", channels) == CLIENTS * CHANNELS_OF_EACH
                        && subscribers("SHARDNUMSUB", shardChannels) == CLIENTS * SHARD_CHANNELS_OF_EACH);
    }

    private long subscribers(String question, List<String> channels) {
        List<String> words = new ArrayList<>(List.of("PUBSUB", question));
        words.addAll(channels);
        List<Reply> answer = publisher.demand(words.toArray(String[]::new)).elements();
        return IntStream.range(0, answer.size() / 2)
                .mapToLong(i -> answer.get(2 * i + 1).number())
                .sum();
    }

    private static String words(Reply message) {
        return String.join(" ", message.elements().stream().map(Reply::text).toList());
    }

    private static List<String> channels(int client) {
        return IntStream.range(0, CHANNELS_OF_EACH)
                .mapToObj(i -> "c" + (client * 13 + i) % CHANNELS)
                .toList();
    }

    private static List<String> shardChannels(int client) {
        return IntStream.range(0, SHARD_CHANNELS_OF_EACH)
                .mapToObj(i -> "s" + (client + i) % SHARD_CHANNELS)
                .toList();
    }

    private static String[] command(String word, List<String> channels) {
        List<String> words = new ArrayList<>(List.of(word));
        words.addAll(channels);
        return words.toArray(String[]::new);
    }
}
