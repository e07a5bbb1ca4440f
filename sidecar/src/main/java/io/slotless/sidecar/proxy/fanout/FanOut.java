package io.slotless.sidecar.proxy.fanout;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Shard;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.proxy.backend.SlotOwners;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.routing.Reach;
import io.slotless.sidecar.routing.fanout.NodeReply;
import io.slotless.sidecar.routing.fanout.NodeReply.Role;
import io.slotless.sidecar.routing.fanout.ReplyMerge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command to several nodes, whose replies are taken apart and become one. */
public final class FanOut extends Gathered {

    /** The most that is held of all replies together, in bytes: as objects they take some times more. */
    private static final long MOST = 8L * 1024 * 1024;

    private static final RespReader READER = new RespReader(RespLimits.DEFAULT);

    private final ReplyMerge merge;
    private final ProtocolVersion protocol;
    private final List<Role> roles;
    private long bytes;

    private final @Nullable Node given;
    private final Runnable whenComplete;

    private FanOut(Client client, List<Role> roles, ReplyMerge merge, @Nullable Node given, Runnable whenComplete) {
        super(client, roles.size());
        this.roles = roles;
        this.merge = merge;
        this.protocol = client.upstream().protocol();
        this.given = given;
        this.whenComplete = whenComplete;
    }

    /** Puts it in line and sends it; the shards are known. */
    public static void begin(Client client, CommandFrame frame, Reach reach, ReplyMerge merge) {
        FanOut all =
                of(client, frame, reach, merge, null, () -> client.replies().advance());
        client.replies().add(all);
        all.send();
    }

    /**
     * Makes it; it is neither in line nor sent.
     *
     * @param given what answers already, with {@link #give}; null for none
     * @param whenComplete called once
     */
    public static FanOut of(
            Client client,
            CommandFrame frame,
            Reach reach,
            ReplyMerge merge,
            @Nullable Node given,
            Runnable whenComplete) {
        SlotOwners owners = client.backend().owners();
        int[] slots = Arrays.stream(owners.ofEachShard())
                .filter(slot -> given == null || !given.equals(owners.primary(slot)))
                .toArray();
        List<Node> replicas = reach == Reach.NODES ? replicas(owners.topology()) : List.of();
        List<Role> roles = new ArrayList<>(Collections.nCopies(slots.length, Role.PRIMARY));
        roles.addAll(Collections.nCopies(replicas.size(), Role.REPLICA));
        roles.addAll(Collections.nCopies(given == null ? 0 : 1, Role.PRIMARY));
        FanOut all = new FanOut(client, roles, merge, given, whenComplete);
        for (int i = 0; i < slots.length; i++) {
            all.with(all.toShard(reach, i, frame, slots[i]));
        }
        for (Node replica : replicas) {
            all.with(new NodePart(all, all.exchanges().size(), frame, replica));
        }
        return all;
    }

    /** Sends it to all that it goes to. */
    public void send() {
        for (GatheredPart part : List.copyOf(exchanges())) {
            client().send(part);
        }
    }

    /** The reply of the node that has answered already. */
    public void give(ByteBuf reply) {
        add(roles.size() - 1, reply, reply.readerIndex(), reply.readableBytes(), true);
    }

    @Override
    void completed() {
        whenComplete.run();
    }

    private GatheredPart toShard(Reach reach, int part, CommandFrame frame, int slot) {
        Node primary = client().backend().owners().primary(slot);
        return switch (reach) {
            case SHARDS, NODES -> new GatheredPart(this, part, frame.buffer(), frame.offset(), frame.length(), slot);
            case SHARDS_BESIDE -> new PrivatePart(this, part, frame, slot);
            case REACHABLE ->
                primary == null
                        ? new GatheredPart(this, part, frame.buffer(), frame.offset(), frame.length(), slot)
                        : new NodePart(this, part, frame, primary);
        };
    }

    private static List<Node> replicas(@Nullable Topology topology) {
        List<Node> replicas = new ArrayList<>();
        if (topology != null) {
            for (Shard shard : topology.shards()) {
                replicas.addAll(shard.replicas());
            }
        }
        return replicas;
    }

    @Override
    void add(int part, ByteBuf buffer, int offset, int length, boolean last) {
        bytes += length;
        super.add(part, buffer, offset, bytes > MOST ? 0 : length, last);
    }

    @Override
    ByteBuf join(List<ByteBuf> replies) {
        if (bytes > MOST) {
            return Replies.error("ERR slotless: the replies of all nodes together are larger than " + MOST + " bytes");
        }
        List<NodeReply> said = new ArrayList<>(replies.size());
        for (int i = 0; i < replies.size(); i++) {
            Node node = i < exchanges().size() ? exchanges().get(i).respondent() : given;
            said.add(new NodeReply(
                    String.valueOf(node),
                    roles.get(i),
                    READER.read(replies.get(i).duplicate())));
        }
        return Replies.of(merge.merge(said), protocol);
    }
}
