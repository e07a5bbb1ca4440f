package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandFlag;
import io.slotless.sidecar.command.RequestPolicy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a command is handled in front of a cluster, decided once for each command of the table. */
sealed interface ClusterHandling {

    /** Always the same route. */
    record Fixed(Route route) implements ClusterHandling {}

    /**
     * The keys decide.
     *
     * @param split how to cut it when the keys are in several slots; null: such a command is refused
     * @param oneSlot what is special about it when all keys are in one slot
     */
    record ByKeys(@Nullable Splitting split, OneSlot oneSlot) implements ClusterHandling {}

    /** What becomes of a command whose keys are in one slot. */
    enum OneSlot {
        FORWARD,
        /** It may wait at the server. */
        BLOCK,
        /** It watches the keys. */
        WATCH
    }

    /**
     * How to cut a command.
     *
     * @param argumentsPerKey 1, or 2 where each key is followed by its value
     * @param merge null: an array in the order of the keys
     */
    record Splitting(int argumentsPerKey, @Nullable Merge merge) {}

    /** Commands that mean the same for one key as for many, whatever the slots. */
    Map<String, Splitting> SPLIT = Map.of(
            "mget", new Splitting(1, null),
            "mset", new Splitting(2, Merges.FIRST),
            "del", new Splitting(1, Merges.SUM),
            "unlink", new Splitting(1, Merges.SUM),
            "exists", new Splitting(1, Merges.SUM),
            "touch", new Splitting(1, Merges.SUM));

    /** Keyless commands to which every node has the same answer. */
    Set<String> ANY_NODE = Set.of(
            "acl|cat",
            "acl|dryrun",
            "acl|genpass",
            "acl|getuser",
            "acl|help",
            "acl|list",
            "acl|users",
            "acl|whoami",
            "command",
            "command|count",
            "command|docs",
            "command|getkeys",
            "command|getkeysandflags",
            "command|help",
            "command|info",
            "command|list",
            "config|get",
            "config|help",
            "discard",
            "eval",
            "eval_ro",
            "evalsha",
            "evalsha_ro",
            "exec",
            "fcall",
            "fcall_ro",
            "function|dump",
            "function|help",
            "function|list",
            "lastsave",
            "lolwut",
            "memory|help",
            "module|list",
            "object|help",
            "publish",
            "pubsub|help",
            "script|help",
            "time",
            "unwatch",
            "xgroup|help",
            "xinfo|help");

    /** What a server with cluster support disabled refuses with one and the same text. */
    Set<String> CLUSTER_ONLY = Set.of("asking", "cluster", "readonly", "readwrite");

    /** They wait for replicas; of what several shards say, the least holds for all. */
    Set<String> WAITING = Set.of("wait", "waitaof");

    /** Commands over all shards whose replies are merged by their response policy. */
    Set<String> ALL_SHARDS = Set.of(
            "dbsize",
            "flushall",
            "flushdb",
            "function|delete",
            "function|flush",
            "function|load",
            "function|restore",
            "script|exists",
            "script|flush",
            "script|load");

    /** The handling of a command. */
    static ClusterHandling of(Command command) {
        String name = command.name();
        LocalCommand local = LocalCommand.named(name);
        if (local != null) {
            return new Fixed(new Route.Local(local));
        }
        if (CLUSTER_ONLY.contains(name) || name.startsWith("cluster|")) {
            return new Fixed(Refusals.CLUSTER_DISABLED);
        }
        if (name.equals("multi")) {
            return new Fixed(Route.BindTransaction.ROUTE);
        }
        if (WAITING.contains(name)) {
            return new Fixed(new Route.Wait(Merges.MIN));
        }
        if (name.equals("info")) {
            return new Fixed(Route.Info.ROUTE);
        }
        if (name.equals("scan")) {
            return new Fixed(Route.Scan.ROUTE);
        }
        if (name.equals("randomkey")) {
            return new Fixed(Route.RandomKey.ROUTE);
        }
        if (name.equals("keys")) {
            return new Fixed(Route.StreamedArrays.ROUTE);
        }
        if (ALL_SHARDS.contains(name)) {
            return allShards(command);
        }
        if (command.keySpecs().isEmpty()) {
            return new Fixed(ANY_NODE.contains(name) ? Route.ToAnyNode.ROUTE : Refusals.notInClusterMode(command));
        }
        return new ByKeys(SPLIT.get(name), oneSlot(command));
    }

    private static OneSlot oneSlot(Command command) {
        if (command.name().equals("watch")) {
            return OneSlot.WATCH;
        }
        return command.has(CommandFlag.BLOCKING) ? OneSlot.BLOCK : OneSlot.FORWARD;
    }

    private static ClusterHandling allShards(Command command) {
        Merge merge = command.requestPolicy() == RequestPolicy.NONE ? null : Merges.of(command.responsePolicy());
        return new Fixed(merge == null ? Refusals.notInClusterMode(command) : new Route.ToAllShards(merge));
    }
}
