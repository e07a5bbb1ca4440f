package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Turn.Burst;
import io.slotless.sidecar.differential.Turn.Fed;
import io.slotless.sidecar.differential.Turn.Published;
import io.slotless.sidecar.differential.Turn.Subscription;
import io.slotless.sidecar.differential.Turn.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The clients of a random sequence at one side: some that talk, one that feeds those who wait, one that subscribes. */
final class Party implements AutoCloseable {

    /** A command and what came back. */
    record Said(CommandLine line, Reply reply) {}

    private final Side side;
    private final List<Wire> clients = new ArrayList<>();
    private final Wire feeder;
    private final Wire subscriber;
    private final List<Said> said = new ArrayList<>();

    /** @param protocols of each client that talks, then of the subscriber */
    Party(Side side, List<Integer> protocols) {
        this.side = side;
        protocols.subList(0, protocols.size() - 1).forEach(protocol -> clients.add(side.connect(protocol)));
        this.feeder = side.connect(2);
        this.subscriber = side.connect(protocols.get(protocols.size() - 1));
    }

    List<Said> hold(List<Turn> turns) {
        turns.forEach(this::take);
        return said;
    }

    private void take(Turn turn) {
        if (turn instanceof Burst burst) {
            begin(burst);
            end(burst);
        } else if (turn instanceof Together together) {
            together.bursts().forEach(this::begin);
            together.bursts().forEach(this::end);
        } else if (turn instanceof Fed fed) {
            feed(fed);
        } else if (turn instanceof Subscription subscription) {
            Talk.begin(subscriber, subscription.command());
            add(subscription.command(), Talk.end(subscriber, subscription.command()));
        } else if (turn instanceof Published published) {
            publish(published.command());
        }
    }

    private void begin(Burst burst) {
        clients.get(burst.client()).send(burst.commands(), burst.cuts());
    }

    private void end(Burst burst) {
        burst.commands().forEach(line -> add(line, Talk.end(clients.get(burst.client()), line)));
    }

    /** The feeder comes when the other waits; or has got its reply, for it was in no state to wait. */
    private void feed(Fed fed) {
        Wire client = clients.get(fed.client());
        Talk.begin(client, fed.waiting());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> client.hasReply() || side.blockedClients() == 1);
        add(fed.feeding(), feeder.call(fed.feeding()));
        add(fed.waiting(), Talk.end(client, fed.waiting()));
    }

    private void publish(CommandLine line) {
        Reply receivers = feeder.call(line);
        add(line, receivers);
        for (int i = 0; receivers.type() == ':' && i < Integer.parseInt(receivers.text()); i++) {
            add(line, subscriber.read());
        }
    }

    private void add(CommandLine line, Reply reply) {
        said.add(new Said(line, reply));
    }

    @Override
    public void close() {
        clients.forEach(Wire::close);
        feeder.close();
        subscriber.close();
    }
}
