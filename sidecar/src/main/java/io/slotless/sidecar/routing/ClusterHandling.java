package io.slotless.sidecar.routing;

import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandFlag;
import io.slotless.sidecar.command.RequestPolicy;
import io.slotless.sidecar.resp.CommandFrame;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a command is handled in front of a cluster, decided once for each command of the table. What is not named here or in
 * {@link FanOuts} and {@link Refusals} goes by its keys, and without keys by its command tips.
 */
sealed interface ClusterHandling {

    /** Always the same route. */
    record Fixed(Route route) implements ClusterHandling {}

    /** The arguments decide. */
    record ByArguments(Function<CommandFrame, Route> routes) implements ClusterHandling {}

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
        WATCH,
        /** It brings a script. */
        EVAL,
        /** It names a script, which the server must have. */
        EVALSHA,
        /** It sends a message to those who listen. */
        PUBLISH
    }

    /**
     * How to cut a command.
     *
     * @param argumentsPerKey 1, or 2 where each key is followed by its value
     */
    record Splitting(int argumentsPerKey, SplitMerge merge) {}

    /** Commands that mean the same for one key as for many, whatever the slots. */
    Map<String, Splitting> SPLIT = Map.of(
            "mget", new Splitting(1, SplitMerge.ELEMENTS),
            "mset", new Splitting(2, SplitMerge.AGREEMENT),
            "del", new Splitting(1, SplitMerge.SUM),
            "unlink", new Splitting(1, SplitMerge.SUM),
            "exists", new Splitting(1, SplitMerge.SUM),
            "touch", new Splitting(1, SplitMerge.SUM));

    /** What a server with cluster support disabled refuses with one and the same text. */
    Set<String> CLUSTER_ONLY = Set.of("asking", "cluster", "readonly", "readwrite");

    /** They change what the client is subscribed to. */
    Set<String> SUBSCRIPTIONS =
            Set.of("psubscribe", "punsubscribe", "ssubscribe", "subscribe", "sunsubscribe", "unsubscribe");

    /** They wait for replicas; of what several shards say, the least holds for all. */
    Set<String> WAITING = Set.of("wait", "waitaof");

    /** Commands with a way of their own. */
    Map<String, Route> OWN_ROUTES = Map.of(
            "info", Route.Info.ROUTE,
            "keys", Route.StreamedArrays.ROUTE,
            "multi", Route.BindTransaction.ROUTE,
            "publish", Route.Publish.AT_HOME,
            "randomkey", Route.RandomKey.ROUTE,
            "scan", Route.Scan.ROUTE);

    /** The handling of a command. */
    static ClusterHandling of(Command command, Presentation presentation) {
        Route presented = presentation.route(command);
        if (presented != null) {
            return new Fixed(presented);
        }
        if (presentation.asksForKeysInSlot(command)) {
            return new ByArguments(ClusterHandling::toOwner);
        }
        if (presentation == Presentation.CLUSTER && command.name().equals("config|get")) {
            return FanOuts.CONFIG_OF_CLUSTER;
        }
        return of(command);
    }

    /** Of a command to a client that sees a single server. */
    static ClusterHandling of(Command command) {
        String name = command.name();
        LocalCommand local = LocalCommand.named(name);
        if (local != null) {
            return new Fixed(new Route.Local(local));
        }
        if (CLUSTER_ONLY.contains(name) || name.startsWith("cluster|")) {
            return new Fixed(Refusals.CLUSTER_DISABLED);
        }
        if (WAITING.contains(name)) {
            return new Fixed(new Route.Wait(Merges.MIN));
        }
        if (SUBSCRIPTIONS.contains(name)) {
            return new Fixed(Route.Subscribe.ROUTE);
        }
        ScriptCommand script = ScriptCommand.named(name);
        if (script != null) {
            return new Fixed(new Route.Script(script));
        }
        Route own = OWN_ROUTES.get(name);
        if (own != null) {
            return new Fixed(own);
        }
        Route refusal = Refusals.inClusterMode(command);
        if (refusal != null) {
            return new Fixed(refusal);
        }
        if (!command.keysKnown()) {
            return new Fixed(
                    command.has(CommandFlag.BLOCKING)
                            ? Refusals.blocksAtUnknownKeys(command)
                            : Route.KeysByServer.ROUTE);
        }
        return command.keySpecs().isEmpty() ? keyless(command) : new ByKeys(SPLIT.get(name), oneSlot(command));
    }

    /** The argument behind the subcommand is a slot; if it is none, any node says so. */
    private static Route toOwner(CommandFrame frame) {
        long slot = frame.argumentAsLong(2, -1);
        return slot >= 0 && slot < SlotHash.SLOTS ? Route.ToSlot.of((int) slot) : Route.ToAnyNode.ROUTE;
    }

    private static OneSlot oneSlot(Command command) {
        return switch (command.name()) {
            case "watch" -> OneSlot.WATCH;
            case "spublish" -> OneSlot.PUBLISH;
            case "eval", "eval_ro" -> OneSlot.EVAL;
            case "evalsha", "evalsha_ro" -> OneSlot.EVALSHA;
            default -> command.has(CommandFlag.BLOCKING) ? OneSlot.BLOCK : OneSlot.FORWARD;
        };
    }

    private static ClusterHandling keyless(Command command) {
        ClusterHandling special = FanOuts.SPECIAL.get(command.name());
        if (special != null) {
            return special;
        }
        if (command.requestPolicy() == RequestPolicy.NONE || command.hasSubcommands()) {
            // "In case the command does not have keys, it is to be sent to an arbitrary shard."
            return new Fixed(command.has(CommandFlag.BLOCKING) ? Route.Blocking.ANYWHERE : Route.ToAnyNode.ROUTE);
        }
        return new Fixed(FanOuts.byTips(command));
    }
}
