package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.proxy.backend.SlotOwners;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.scan.ClusterView;
import io.slotless.sidecar.scan.NodeView;
import io.slotless.sidecar.scan.ScanException;
import io.slotless.sidecar.upstream.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Asks all primaries how they see themselves, for a conversation that depends on it. */
public final class Survey {

    private static final ByteBuf NODES = CommandFrame.of("CLUSTER", "NODES").buffer();
    private static final ByteBuf INFO = CommandFrame.of("INFO", "server").buffer();
    private static final RespReader READER = new RespReader(RespLimits.DEFAULT);

    private final Conversation conversation;
    private final SlotOwners owners;
    private final Identity identity;

    Survey(Conversation conversation) {
        this.conversation = conversation;
        this.owners = conversation.client().backend().owners();
        this.identity = identity(conversation.client());
    }

    /**
     * Who asks: the destination's own user, where there is one. A client's may be kept from commands that it does not send.
     */
    static Identity identity(Client client) {
        Credentials destinations = client.backend().config().credentials();
        return new Identity(
                destinations == null ? client.upstream().credentials() : destinations, ProtocolVersion.RESP2, 0);
    }

    /** The view that was taken last, if it may still be true, else a new one. */
    void recent(Consumer<ClusterView> then) {
        ClusterView known = owners.view();
        if (known == null) {
            fresh(then);
        } else {
            then.accept(known);
        }
    }

    /** A view of now. */
    void fresh(Consumer<ClusterView> then) {
        List<Question> questions = questions();
        conversation.ask(questions, replies -> read(questions, replies, then));
    }

    /** A view of a little later, when things may have become clear. */
    void later(Consumer<ClusterView> then) {
        conversation.client().backend().suspectStale();
        List<Question> questions = questions();
        conversation.askLater(questions, replies -> read(questions, replies, then));
    }

    private List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (int slot : owners.ofEachShard()) {
            questions.add(Question.toSlot(conversation, identity, NODES, slot));
            questions.add(Question.toSlot(conversation, identity, INFO, slot));
        }
        return questions;
    }

    private void read(List<Question> questions, List<ByteBuf> replies, Consumer<ClusterView> then) {
        List<NodeView> nodes = new ArrayList<>();
        for (int i = 0; i < questions.size(); i += 2) {
            nodes.add(NodeView.of(questions.get(i).respondent(), text(replies.get(i)), text(replies.get(i + 1))));
        }
        Topology topology = Objects.requireNonNull(owners.topology(), "it was there when the shards were asked");
        ClusterView view = new ClusterView(nodes, topology);
        owners.viewed(view);
        then.accept(view);
    }

    private static String text(ByteBuf reply) {
        RespValue value = value(reply);
        if (value instanceof RespValue.BulkString bulk) {
            return bulk.text();
        }
        throw new RespException("not a text: " + value);
    }

    /**
     * A reply as a value.
     *
     * @throws ScanException if it is an error
     */
    public static RespValue value(ByteBuf reply) {
        RespValue value = READER.read(reply.duplicate());
        if (value instanceof RespValue.SimpleError error) {
            throw new ScanException(error.text());
        }
        return value;
    }
}
