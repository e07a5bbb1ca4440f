package io.slotless.sidecar.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.RespValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Random lives of subscriptions on connections that are answered, refused, revoked and lost: against what servers know. */
class PlacementsProperties {

    private static final int NAMES = 6;
    private static final List<Node> NODES = List.of(new Node("h", 1), new Node("h", 2), new Node("h", 3));

    private final Placements<Line> places = new Placements<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<Subscription> wanted = new HashSet<>();
    private Random random = new Random();

    @Property(tries = 500)
    void inTheEndWhatIsWantedLivesOnceAndNothingElse(@ForAll long seed) {
        random = new Random(seed);
        for (int step = 0; step < 80; step++) {
            randomStep();
            assertNothingLivesTwice();
        }
        settle();
        for (Subscription subscription : names()) {
            assertThat(places.isSettled(subscription))
                    .as(subscription.toString())
                    .isTrue();
            assertThat(homes(subscription)).hasSize(wanted.contains(subscription) ? 1 : 0);
        }
        assertThat(places.all()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(lines).allMatch(line -> places.isUsed(line) == !line.held.isEmpty());
    }

    @Example
    void whatIsOfEveryNodeLivesAtEachAndFollowsThem() {
        Subscription events = names().get(0);
        places.want(events, NODES);
        settle();
        assertThat(nodesOf(events)).containsExactlyInAnyOrderElementsOf(NODES);
        places.want(events, NODES.subList(0, 2));
        settle();
        assertThat(nodesOf(events)).containsExactlyInAnyOrderElementsOf(NODES.subList(0, 2));
        places.want(events, List.of());
        settle();
        assertThat(homes(events)).hasSize(1);
        assertThat(places.isSettled(events)).isTrue();
    }

    @Example
    void oneOfEveryNodeDoesNotWaitForANodeThatIsAway() {
        Subscription events = names().get(0);
        places.want(events, NODES.subList(0, 2));
        List<Spot<Line>> due = places.due();
        Line line = new Line(due.get(0).node());
        places.asked(due.get(0), line);
        assertThat(places.isSettled(events)).isFalse();
        places.held(due.get(0), line);
        assertThat(places.isSettled(events)).isFalse();
        places.later(due.get(1));
        assertThat(places.isSettled(events)).isTrue();
    }

    private void randomStep() {
        Subscription subscription = names().get(random.nextInt(NAMES));
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                wanted.add(subscription);
                places.want(subscription, List.of());
            }
            case 2 -> {
                wanted.remove(subscription);
                places.unwant(subscription);
            }
            case 3 -> work();
            case 4, 5 -> pick().answer();
            case 6 -> pick().lose();
            default -> pick().revoke(subscription);
        }
    }

    private void settle() {
        for (int round = 0; round < 10; round++) {
            work();
            List.copyOf(lines).forEach(Line::answerAll);
        }
    }

    private void work() {
        for (Spot<Line> spot : places.due()) {
            Line line = spot.line();
            if (line == null) {
                line = pick(spot.node());
                places.asked(spot, line);
            } else {
                places.leaving(spot);
            }
            line.asked.add(new Asked(spot, spot.isWanted()));
        }
    }

    private Line pick() {
        return pick(null);
    }

    private Line pick(@Nullable Node node) {
        if (node == null && !lines.isEmpty() && random.nextInt(4) > 0) {
            return lines.get(random.nextInt(lines.size()));
        }
        Line line = new Line(node);
        lines.add(line);
        return line;
    }

    private void assertNothingLivesTwice() {
        assertThat(names()).allMatch(subscription -> homes(subscription).size() <= 1);
    }

    private List<Line> homes(Subscription subscription) {
        return lines.stream().filter(line -> line.held.contains(subscription)).toList();
    }

    private List<Node> nodesOf(Subscription subscription) {
        return homes(subscription).stream().map(line -> line.node).toList();
    }

    private static List<Subscription> names() {
        return IntStream.range(0, NAMES)
                .mapToObj(i -> new Subscription(SubscriptionKind.SHARD, RespValue.bulk("s" + i)))
                .toList();
    }

    private record Asked(Spot<Line> spot, boolean subscribe) {}

    /** A connection, and what the server at its other end knows. */
    private final class Line {

        private final @Nullable Node node;
        private final ArrayDeque<Asked> asked = new ArrayDeque<>();
        private final Set<Subscription> held = new HashSet<>();

        Line(@Nullable Node node) {
            this.node = node;
        }

        void answer() {
            Asked next = asked.poll();
            if (next == null) {
                return;
            }
            Subscription subscription = next.spot.subscription();
            if (next.subscribe && random.nextInt(5) > 0) {
                held.add(subscription);
                places.held(next.spot, this);
            } else {
                held.remove(subscription);
                places.gone(next.spot, this);
            }
        }

        void answerAll() {
            while (!asked.isEmpty()) {
                Asked next = asked.poll();
                if (next.subscribe) {
                    held.add(next.spot.subscription());
                    places.held(next.spot, this);
                } else {
                    held.remove(next.spot.subscription());
                    places.gone(next.spot, this);
                }
            }
        }

        void revoke(Subscription subscription) {
            if (held.remove(subscription)) {
                places.revoked(subscription, this);
            }
        }

        void lose() {
            lines.remove(this);
            places.lost(this);
        }
    }
}
