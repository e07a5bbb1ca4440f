package io.slotless.sidecar.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Endpoint;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.routing.ClusterRouter;
import io.slotless.sidecar.routing.Presentation;
import io.slotless.sidecar.routing.ProxyRouter;
import io.slotless.sidecar.routing.Router;
import io.slotless.sidecar.script.ScriptPlaces;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.NodePool;
import io.slotless.sidecar.upstream.Tracking;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One configuration of a destination in use on one event loop: its router, its topology, its connections. A changed
 * configuration is another backend; sessions move over one by one. Used on its event loop only.
 */
public final class Backend {

    private final DestinationConfig config;
    private Router router;
    private final NodePool pool;
    private final RetryQueue retries;
    private final BackendListener listener;
    private final Runnable hint;
    private final Runnable followed;
    private final LongSupplier nanoTime;
    private final SlotOwners owners = new SlotOwners();
    private final Lanes lanes;
    private final MultiPermits permits = new MultiPermits();
    private final Set<Follower> followers = new HashSet<>();
    private final ScriptPlaces scriptPlaces = new ScriptPlaces(this::ways);
    /** Who must be connected to each primary, whether commands go there or not. */
    private final Set<Identity> everywhere = new HashSet<>();

    private int sessions;
    private boolean retired;

    /**
     * @param hint called when the topology seems to be stale
     * @param followed called when this should be {@link #checkStalls looked at} each second from now on
     */
    Backend(
            DestinationConfig config,
            NodePool pool,
            RetryQueue retries,
            BackendListener listener,
            Runnable hint,
            Runnable followed,
            LongSupplier nanoTime) {
        this.config = config;
        this.router = router(config, CommandTable.builtIn());
        this.pool = pool;
        this.lanes = new Lanes(owners, pool);
        this.retries = retries;
        this.listener = listener;
        this.hint = hint;
        this.followed = followed;
        this.nanoTime = nanoTime;
        if (config.mode() == Mode.PROXY) {
            Endpoint server = config.seeds().get(0);
            use(Topology.single(new Node(server.host(), server.port())));
        }
    }

    public DestinationConfig config() {
        return config;
    }

    public Router router() {
        return router;
    }

    /** Who owns which slot. */
    public SlotOwners owners() {
        return owners;
    }

    /**
     * Changes whenever commands take another way than those before them, which they could overtake: slots have changed
     * hands, or a connection was replaced.
     */
    public int ways() {
        return owners.version() + pool.replacements();
    }

    /** Which node has which script. */
    public ScriptPlaces scriptPlaces() {
        return scriptPlaces;
    }

    /** Who may use MULTI. */
    public MultiPermits permits() {
        return permits;
    }

    /** Whether the client must not notice redirections: in front of one server they pass as they are. */
    public boolean hidesCluster() {
        return config.mode() == Mode.CLUSTER;
    }

    /** From now on this is the topology; what waited for one goes on. */
    public void use(Topology newTopology) {
        owners.use(newTopology);
        Set.copyOf(followers).forEach(Follower::topologyChanged);
        pool.retainNodes(newTopology.nodes());
        Set.copyOf(everywhere).forEach(this::connections);
        retries.wake();
    }

    /** From now on commands are looked up in this table. */
    public void use(CommandTable table) {
        if (router.table() != table) {
            router = router(config, table);
        }
    }

    /** The shared connection to the primary of a slot; null when none is known. */
    @Nullable
    public UpstreamConnection shared(int slot, Identity identity) {
        return lanes.to(slot, identity);
    }

    public UpstreamConnection shared(Node node, Identity identity) {
        return pool.shared(node, identity);
    }

    /** A private connection to the primary of a slot; null when none is known. */
    @Nullable
    public UpstreamConnection takePrivate(int slot, Identity identity) {
        Node node = owners.primary(slot);
        return node == null ? null : pool.takePrivate(node, identity);
    }

    public UpstreamConnection takePrivate(Node node, Identity identity) {
        return pool.takePrivate(node, identity);
    }

    public void giveBack(UpstreamConnection connection, Identity identity) {
        pool.giveBack(connection, identity);
    }

    /** From now on there is a shared connection of this identity to each primary, or the attempt at one. */
    public void connectEverywhere(Identity identity) {
        everywhere.add(identity);
        followed.run();
        connections(identity);
    }

    /** The shared connections of this identity to each primary. */
    public List<UpstreamConnection> connections(Identity identity) {
        List<UpstreamConnection> connections = new ArrayList<>();
        for (int slot : owners.ofEachShard()) {
            connections.add(Objects.requireNonNull(shared(slot, identity), "a shard has a primary"));
        }
        return connections;
    }

    /** As {@link NodePool#forget}. */
    public void forget(Tracking tracking, @Nullable Identity kept) {
        Predicate<Identity> forgotten = identity -> identity.tracking() == tracking && !identity.equals(kept);
        everywhere.removeIf(forgotten);
        lanes.forget(forgotten);
        pool.forget(tracking, kept);
    }

    public void moved(int slot, Node node) {
        listener.redirected(config.host(), RedirectKind.MOVED);
        owners.moved(slot, node);
        hint.run();
    }

    void redirected(RedirectKind kind) {
        listener.redirected(config.host(), kind);
    }

    public void suspectStale() {
        hint.run();
    }

    public void retryLater(RetryQueue.Waiting waiting) {
        listener.retried(config.host());
        retries.add(waiting);
    }

    /** Nanoseconds on the clock of the retries. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /** The end of what a command may take from now on, on the clock of the retries. */
    long deadline() {
        return nanoTime.getAsLong() + config.operationTimeout().toNanos();
    }

    /** Whether such a {@link #deadline} is over. */
    boolean isOver(long deadline) {
        return nanoTime.getAsLong() - deadline > 0;
    }

    /** Whether running this command twice would do no harm. Slow; for the rare case of a lost connection. */
    boolean onlyReads(ByteBuf request, int offset, int length) {
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        if (decoder.decode(request.slice(offset, length)) != RequestDecoder.Step.COMMAND) {
            return false;
        }
        Command command = router.table().find(decoder.frame());
        return command != null && command.isReadOnly();
    }

    public void entered() {
        sessions++;
    }

    public void left() {
        sessions--;
        closeWhenUnused();
    }

    /** Another configuration has taken its place. */
    public void retire() {
        retired = true;
        closeWhenUnused();
    }

    public void checkStalls() {
        pool.checkStalls(config.operationTimeout());
        Set.copyOf(followers)
                .forEach(follower ->
                        follower.checkSilence(config.operationTimeout().toSeconds()));
        Set.copyOf(everywhere).forEach(this::connections);
    }

    /** Whether {@link #checkStalls} has nothing to look for. */
    public boolean isAtRest() {
        return followers.isEmpty() && everywhere.isEmpty() && pool.isAtRest();
    }

    /** From now on it is told what happens here. */
    public void follow(Follower follower) {
        followers.add(follower);
        followed.run();
    }

    /** It has ended, or gone elsewhere. */
    public void unfollow(Follower follower) {
        followers.remove(follower);
    }

    private void closeWhenUnused() {
        if (retired && sessions == 0) {
            pool.close();
        }
    }

    private static Router router(DestinationConfig config, CommandTable table) {
        Presentation presentation =
                switch (config.presentAs()) {
                    case STANDALONE -> Presentation.STANDALONE;
                    case CLUSTER -> Presentation.CLUSTER;
                };
        return switch (config.mode()) {
            case PROXY -> new ProxyRouter(table, presentation);
            case CLUSTER -> new ClusterRouter(table, presentation);
        };
    }
}
