package io.slotless.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The application of the demo: it knows the name of its Redis and nothing else, and keeps the one connection it opened.
 */
final class Application implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String prompt;
    private final PlainRedisClient client;
    private final Screen screen;

    private Application(String prompt, PlainRedisClient client, Screen screen) {
        this.prompt = prompt;
        this.client = client;
        this.screen = screen;
    }

    /** Connects from within a pod: a name is looked up in the pod's hosts file first. */
    static Application inPod(JsonNode pod, String host, int port, Screen screen) {
        Optional<String> address = Kubelet.hostsFile(pod, host);
        if (address.isEmpty()) {
            throw new DemoFailure("the pod's hosts file does not know " + host);
        }
        return connect(host + ":" + port + ">", new InetSocketAddress(address.get(), port), screen);
    }

    /** Connects to a server itself. */
    static Application connect(String prompt, InetSocketAddress address, Screen screen) {
        return new Application(prompt, PlainRedisClient.connect(address), screen);
    }

    /** Runs a command, shows it with its reply, and fails unless the reply is as told. */
    Reply run(String expected, String... command) {
        return show(expected, client.call(command), command);
    }

    /** Repeats a command until its reply is as told: a change needs a moment to arrive. Shows the last try only. */
    void runUntil(String expected, String... command) {
        try {
            Reply reply = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> client.call(command), last -> isAsTold(expected, last));
            show(expected, reply, command);
        } catch (ConditionTimeoutException e) {
            show(expected, client.call(command), command);
        }
    }

    /** Without showing anything. */
    PlainRedisClient client() {
        return client;
    }

    private Reply show(String expected, Reply reply, String... command) {
        screen.command(
                prompt,
                Stream.of(command)
                        .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                        .collect(Collectors.joining(" ")));
        if (reply.isError()) {
            screen.error(reply.toString());
        } else {
            screen.good(reply.toString());
        }
        if (!isAsTold(expected, reply)) {
            throw new DemoFailure("this reply was to be " + expected);
        }
        return reply;
    }

    private static boolean isAsTold(String expected, Reply reply) {
        return reply.toString().equals(expected);
    }

    @Override
    public void close() {
        client.close();
    }
}
