package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Turn.Burst;
import io.slotless.sidecar.differential.Turn.Fed;
import io.slotless.sidecar.differential.Turn.Published;
import io.slotless.sidecar.differential.Turn.Subscription;
import io.slotless.sidecar.differential.Turn.Together;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random sequences of {@link Turn}s. The words are in {@code differential/sequences.txt}: below {@code == one slot} those whose keys
 * have one tag, also in transactions; below {@code == any slots} those for clients that are in no transaction.
 */
final class Sequences {

    /** These keep to one tag each, and may be in transactions; the one after them speaks of all slots. */
    static final int ONE_SLOT_CLIENTS = 2;

    private static final int MOST_TURNS = 30;

    private final List<String> oneSlot = new ArrayList<>();
    private final List<String> anySlots = new ArrayList<>();
    private final List<String> alone = new ArrayList<>();

    Sequences() {
        List<String> section = oneSlot;
        for (String line : Vocabulary.lines("sequences.txt")) {
            switch (line) {
                case "== one slot" -> section = oneSlot;
                case "== any slots" -> section = anySlots;
                case "== any slots, alone" -> section = alone;
                default -> section.add(line);
            }
        }
    }

    /** @param tags of the clients that keep to one */
    Arbitrary<List<Turn>> turns(List<String> tags) {
        Arbitrary<Integer> client = Arbitraries.integers().between(0, ONE_SLOT_CLIENTS);
        Arbitrary<Turn> burst = client.flatMap(who -> burst(who, tags).map(turn -> turn));
        Arbitrary<Turn> together = Combinators.combine(List.of(own(0, tags.get(0)), own(1, tags.get(1)), own(2, "b")))
                .as(bursts -> new Together(bursts));
        Arbitrary<Turn> fed = Combinators.combine(
                        client,
                        Arbitraries.of(
                                "BLPOP {}fed 0", "BRPOPLPUSH {}fed {}l 0", "BLMPOP 0 2 {}fed {}fed2 LEFT COUNT 2"))
                .as((who, waiting) -> fed(who, waiting, who < tags.size() ? tags.get(who) : "a"));
        Arbitrary<Turn> single = Arbitraries.of(alone)
                .map(line -> new Burst(ONE_SLOT_CLIENTS, List.of(CommandLine.parse(line)), List.of(1000)));
        Arbitrary<Turn> subscription = Arbitraries.of(
                        "SUBSCRIBE ch",
                        "SUBSCRIBE ch {a}ch",
                        "UNSUBSCRIBE ch",
                        "PSUBSCRIBE *ch",
                        "PUNSUBSCRIBE",
                        "PING")
                .map(line -> new Subscription(CommandLine.parse(line)));
        Arbitrary<Turn> published = Arbitraries.of("PUBLISH ch hello", "PUBLISH {a}ch 1", "PUBLISH nobody x")
                .map(line -> new Published(CommandLine.parse(line)));
        return Arbitraries.frequencyOf(
                        Tuple.of(12, burst),
                        Tuple.of(3, together),
                        Tuple.of(2, fed),
                        Tuple.of(2, single),
                        Tuple.of(2, subscription),
                        Tuple.of(2, published))
                .list()
                .ofMaxSize(MOST_TURNS);
    }

    private Arbitrary<Burst> burst(int client, List<String> tags) {
        Arbitrary<CommandLine> command = client < tags.size()
                ? Arbitraries.of(oneSlot).map(line -> filled(line, tags.get(client)))
                : Combinators.combine(Arbitraries.of(anySlots), Arbitraries.of(KeySpace.TAGS))
                        .as(Sequences::filled);
        return burst(client, command);
    }

    /** About keys that no other client speaks of; without a state that would outlast the burst. */
    private Arbitrary<Burst> own(int client, String tag) {
        List<String> stateless =
                oneSlot.stream().filter(line -> line.contains("{}")).toList();
        return burst(client, Arbitraries.of(stateless).map(line -> filled(line.replace("{}", "{}own" + client), tag)));
    }

    private static Arbitrary<Burst> burst(int client, Arbitrary<CommandLine> command) {
        Arbitrary<List<Integer>> cuts =
                Arbitraries.integers().between(1, 300).list().ofMinSize(1).ofMaxSize(4);
        return Combinators.combine(command.list().ofMinSize(1).ofMaxSize(8), cuts)
                .as((commands, lengths) -> new Burst(client, commands, lengths));
    }

    private static Fed fed(int client, String waiting, String tag) {
        return new Fed(client, filled(waiting, tag), filled("RPUSH {}fed element", tag));
    }

    private static CommandLine filled(String line, String tag) {
        return CommandLine.parse(line.replace("{}", "{" + tag + "}"));
    }
}
