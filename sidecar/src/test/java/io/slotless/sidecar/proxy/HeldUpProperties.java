package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.LooseConnection;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Clients that share connections, wait for replies of several, and hold the connections up that bring them others. */
class HeldUpProperties {

    private final List<Line> lines = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();

    /** However large the replies, and whatever connection is faster. */
    @Property(tries = 2000)
    void somethingCanAlwaysBeReadUntilAllRepliesAreThere(
            @ForAll @IntRange(min = 1, max = 5) int connections,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 12) Integer> commandsOfClients,
            @ForAll @IntRange(min = 0, max = 3) int much,
            @ForAll Random random) {
        lines.clear();
        clients.clear();
        IntStream.range(0, connections).forEach(i -> lines.add(new Line()));
        commandsOfClients.forEach(commands -> clients.add(new Client(commands, much)));
        while (clients.stream().anyMatch(client -> client.toSend > 0)) {
            clients.get(random.nextInt(clients.size())).send(random, lines);
            if (random.nextBoolean()) {
                read(random);
            }
        }
        while (clients.stream().anyMatch(client -> !client.replies.isEmpty())) {
            read(random);
        }
        assertThat(lines).noneMatch(line -> line.isHeldUp());
    }

    /** One that is a little ahead waits: no client holds more than what came before it was known to be much. */
    @Property
    void aConnectionThatIsNotNeededIsHeldUp(@ForAll @IntRange(min = 1, max = 50) int replies) {
        lines.clear();
        Line slow = new Line();
        Line fast = new Line();
        Client client = new Client(0, 3);
        client.expect(List.of(slow), 1);
        IntStream.range(0, replies).forEach(i -> client.expect(List.of(fast), 1));
        while (!fast.isHeldUp() && !fast.pieces.isEmpty()) {
            fast.read();
        }
        assertThat(client.held).isLessThanOrEqualTo(4);
        slow.read();
        assertThat(fast.isHeldUp()).isFalse();
    }

    private void read(Random random) {
        List<Line> able = lines.stream().filter(Line::isAble).toList();
        boolean allRead = lines.stream().allMatch(line -> line.pieces.isEmpty());
        assertThat(allRead || !able.isEmpty()).as("all wait for each other").isTrue();
        if (!able.isEmpty()) {
            able.get(random.nextInt(able.size())).read();
        }
    }

    /** A connection, with what the server has sent: each piece is of the reply that it belongs to. */
    private static final class Line {

        private final UpstreamConnection connection = LooseConnection.to(new Node("redis", 6379));
        private final ArrayDeque<Runnable> pieces = new ArrayDeque<>();

        boolean isHeldUp() {
            return LooseConnection.isPaused(connection);
        }

        boolean isAble() {
            return !pieces.isEmpty() && !isHeldUp();
        }

        void read() {
            pieces.remove().run();
        }
    }

    private static final class Client {

        private final ArrayDeque<Reply> replies = new ArrayDeque<>();
        private final HeldUp heldUp = new HeldUp(replies::peek);
        private final int much;
        private int toSend;
        private int held;

        Client(int commands, int much) {
            this.toSend = commands;
            this.much = much;
        }

        void send(Random random, List<Line> lines) {
            if (toSend > 0) {
                toSend--;
                List<Line> to = new ArrayList<>(lines);
                Collections.shuffle(to, random);
                expect(to.subList(0, 1 + random.nextInt(to.size())), 1 + random.nextInt(4));
            }
        }

        void expect(List<Line> from, int piecesOfEach) {
            Reply reply = new Reply();
            replies.add(reply);
            for (Line line : from) {
                reply.missing.merge(line.connection, piecesOfEach, Integer::sum);
                IntStream.range(0, piecesOfEach).forEach(i -> line.pieces.add(() -> came(reply, line.connection)));
            }
        }

        private void came(Reply reply, UpstreamConnection from) {
            reply.missing.computeIfPresent(from, (connection, pieces) -> pieces == 1 ? null : pieces - 1);
            reply.held++;
            held++;
            if (replies.peek() != reply && held > much) {
                heldUp.add(from);
            }
            boolean someLeft = false;
            while (!replies.isEmpty() && replies.element().isDone()) {
                held -= replies.remove().held;
                someLeft = true;
            }
            if (someLeft) {
                heldUp.reconsider(held > much);
            }
        }
    }

    /** What may come from several connections at once, and is held until it is all there. */
    private static final class Reply implements Pending {

        private final Map<UpstreamConnection, Integer> missing = new HashMap<>();
        private int held;

        @Override
        public boolean waitsFor(UpstreamConnection connection, Set<UpstreamConnection> seen) {
            return missing.keySet().stream().anyMatch(from -> from.waitsFor(connection, seen));
        }

        @Override
        public boolean isDone() {
            return missing.isEmpty();
        }

        @Override
        public void writeTo(BatchedWriter out) {}

        @Override
        public void leftQueue() {}

        @Override
        public void abandon() {}
    }
}
