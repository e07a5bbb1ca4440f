package io.slotless.sidecar.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * One of the two that are compared: where its clients connect to, and the servers that hold its data, which are looked at and made
 * ready past the proxy.
 */
final class Side implements AutoCloseable {

    private final int port;
    private final int[] nodePorts;
    private final List<Wire> nodes = new ArrayList<>();
    private final Map<Integer, Wire> shared = new HashMap<>();

    /** @param nodePorts one, or one for each of {@link KeySpace#TAGS} */
    Side(int port, int... nodePorts) {
        this.port = port;
        this.nodePorts = nodePorts;
        renew();
    }

    /** A new connection of a client. */
    Wire connect(int protocol) {
        return new Wire(port, protocol);
    }

    /** The connection of a client that is in no state. */
    Wire shared(int protocol) {
        Wire wire = shared.get(protocol);
        if (wire == null || wire.isBroken()) {
            wire = connect(protocol);
            shared.put(protocol, wire);
        }
        return wire;
    }

    /** All connections are new, for some may have been killed. */
    void renew() {
        close();
        for (int node : nodePorts) {
            nodes.add(new Wire(node, 2));
        }
    }

    /** What makes its keys those of the {@link KeySpace}, and no others. */
    List<Question> filling() {
        List<Question> questions = emptying();
        for (int tag = 0; tag < KeySpace.TAGS.size(); tag++) {
            questions.add(new Question(nodeOf(tag), KeySpace.filling(KeySpace.TAGS.get(tag))));
        }
        return questions;
    }

    List<Question> emptying() {
        return ofEachNode("FLUSHALL");
    }

    /** Asks for what {@link DataSet#digest} puts together. */
    List<Question> digesting() {
        return ofEachNode("DEBUG", "DIGEST");
    }

    /** Asks every key of the key space when it expires. */
    List<Question> expiring() {
        List<Question> questions = new ArrayList<>();
        for (int tag = 0; tag < KeySpace.TAGS.size(); tag++) {
            List<CommandLine> commands = KeySpace.keys(KeySpace.TAGS.get(tag)).stream()
                    .map(key -> CommandLine.of("PEXPIRETIME", key))
                    .toList();
            questions.add(new Question(nodeOf(tag), commands));
        }
        return questions;
    }

    /** Asks what the streams of the key space know of groups and consumers. */
    List<Question> examiningStreams() {
        List<Question> questions = new ArrayList<>();
        for (int tag = 0; tag < KeySpace.TAGS.size(); tag++) {
            String key = KeySpace.key(KeySpace.TAGS.get(tag), "stream");
            questions.add(Question.of(nodeOf(tag), "XINFO", "STREAM", key, "FULL"));
        }
        return questions;
    }

    /** What there is to say of every key. */
    Map<String, String> keys(String... about) {
        Map<String, String> keys = new TreeMap<>();
        for (Wire node : nodes) {
            for (Reply key : node.call(CommandLine.of("KEYS", "*")).elements()) {
                List<String> words = new ArrayList<>(List.of(about));
                words.add(key.text());
                keys.put(key.text(), node.call(new CommandLine(words)).toString());
            }
        }
        return keys;
    }

    /** How many clients wait at its servers. */
    int blockedClients() {
        return Question.askAll(ofEachNode("INFO", "clients")).stream()
                .map(replies -> replies.get(0).text())
                .mapToInt(info -> Integer.parseInt(info.replaceAll("(?s).*blocked_clients:(\\d+).*", "$1")))
                .sum();
    }

    /** Waits until no server saves in the background any more. */
    void awaitSaved() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Question.askAll(ofEachNode("INFO", "persistence")).stream()
                        .map(replies -> replies.get(0).text())
                        .allMatch(info -> info.contains("rdb_bgsave_in_progress:0")
                                && info.contains("aof_rewrite_in_progress:0")
                                && info.contains("aof_rewrite_scheduled:0")));
    }

    @Override
    public void close() {
        nodes.forEach(Wire::close);
        nodes.clear();
        shared.values().forEach(Wire::close);
        shared.clear();
    }

    private List<Question> ofEachNode(String... words) {
        List<Question> questions = new ArrayList<>();
        nodes.forEach(node -> questions.add(Question.of(node, words)));
        return questions;
    }

    private Wire nodeOf(int tag) {
        return nodes.get(tag % nodes.size());
    }
}
