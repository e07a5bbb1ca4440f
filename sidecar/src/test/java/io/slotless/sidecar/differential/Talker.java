package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Conversation.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The clients of a conversation with one side. */
final class Talker implements AutoCloseable {

    private final Side side;
    private final int protocol;
    private final Map<Integer, Wire> clients = new HashMap<>();
    private final Map<Integer, Deque<CommandLine>> open = new HashMap<>();
    private Reply last = Reply.none("nothing said yet");

    Talker(Side side, int protocol) {
        this.side = side;
        this.protocol = protocol;
    }

    /** Begins what a step says. */
    void begin(Step step) {
        switch (step.kind()) {
            case CALL, SEND -> {
                CommandLine line = withReplies(step.line());
                open(step.client()).add(line);
                Talk.begin(client(step.client()), line);
            }
            case AWAIT -> {}
            case BLOCKED ->
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> side.blockedClients() == step.client());
        }
    }

    /** The reply that a step awaits: of CALL and AWAIT. */
    Reply end(Step step) {
        CommandLine line = open(step.client()).poll();
        Wire client = client(step.client());
        last = line == null ? client.read() : Talk.end(client, line);
        return last;
    }

    @Override
    public void close() {
        clients.values().forEach(Wire::close);
    }

    private Wire client(int number) {
        return clients.computeIfAbsent(number, each -> side.connect(protocol));
    }

    private Deque<CommandLine> open(int client) {
        return open.computeIfAbsent(client, each -> new ArrayDeque<>());
    }

    private CommandLine withReplies(CommandLine line) {
        List<String> words = line.words().stream()
                .map(word -> {
                    if (word.equals("$reply")) {
                        return last.text();
                    }
                    return word.matches("\\$\\d")
                            ? last.elements().get(word.charAt(1) - '1').text()
                            : word;
                })
                .toList();
        return new CommandLine(words);
    }
}
