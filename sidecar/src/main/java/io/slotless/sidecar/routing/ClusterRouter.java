package io.slotless.sidecar.routing;

import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandErrors;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.command.KeyFinder;
import io.slotless.sidecar.command.KeyPositions;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.ClusterHandling.ByArguments;
import io.slotless.sidecar.routing.ClusterHandling.ByKeys;
import io.slotless.sidecar.routing.ClusterHandling.Fixed;
import io.slotless.sidecar.routing.ClusterHandling.Splitting;
import org.jspecify.annotations.Nullable;

/** Routes for a cluster that the client must not notice (DESIGN: what the client must not notice). */
public final class ClusterRouter implements Router {

    private final CommandTable table;
    private final Handlings<ClusterHandling> handlings;
    private @Nullable Command last;
    private final KeyFinder keyFinder = new KeyFinder();
    private final KeyPositions keys = new KeyPositions();
    private final Route.ToSlot toSlot = Route.ToSlot.of(0);
    private final Route.Split split = new Route.Split(new SplitPlan());

    public ClusterRouter(CommandTable table, Presentation presentation) {
        this.table = table;
        this.handlings = new Handlings<>(table, command -> ClusterHandling.of(command, presentation));
    }

    @Override
    public @Nullable Command last() {
        return last;
    }

    @Override
    public CommandTable table() {
        return table;
    }

    @Override
    public Route route(CommandFrame frame) {
        Command command = table.find(frame);
        last = command;
        if (command == null) {
            Route unknown = new Route.Reject(CommandErrors.unknown(table, frame));
            Command container = table.findFirstWord(frame);
            return container == null ? unknown : refused(container, unknown);
        }
        if (!command.arityFits(frame.argumentCount())) {
            return refused(command, new Route.Reject(CommandErrors.wrongArity(command)));
        }
        ClusterHandling handling = handlings.of(command);
        if (handling instanceof Fixed fixed) {
            return fixed.route();
        }
        if (handling instanceof ByArguments byArguments) {
            return byArguments.routes().apply(frame);
        }
        ByKeys byKeys = (ByKeys) handling;
        return switch (keyFinder.find(command, frame, keys)) {
            case FOUND -> byKeys(command, byKeys, frame);
            case NONE -> keyless(byKeys);
            // Any node gives the error that is due.
            case INVALID -> Route.ToAnyNode.ROUTE;
        };
    }

    private static Route keyless(ByKeys how) {
        return switch (how.oneSlot()) {
            case EVAL -> Route.Eval.ANYWHERE;
            case EVALSHA -> Route.EvalSha.ANYWHERE;
            case FORWARD, BLOCK, WATCH, PUBLISH -> Route.ToAnyNode.ROUTE;
        };
    }

    private Route byKeys(Command command, ByKeys how, CommandFrame frame) {
        int slot = slot(frame, 0);
        for (int key = 1; key < keys.count(); key++) {
            int other = slot(frame, key);
            if (other != slot) {
                Splitting split = how.split();
                return split == null ? refused(command, Refusals.CROSSSLOT) : split(split, frame, slot, key, other);
            }
        }
        return switch (how.oneSlot()) {
            case FORWARD -> toSlot.use(slot);
            case BLOCK -> BlockingCommands.blocks(command, frame) ? new Route.Blocking(slot) : toSlot.use(slot);
            case WATCH -> new Route.Watch(slot);
            case EVAL -> new Route.Eval(slot);
            case EVALSHA -> new Route.EvalSha(slot);
            case PUBLISH -> new Route.Publish(slot);
        };
    }

    /** Before anything is wrong with it, the server must know it: whether it does is for the server to say. */
    private static Route refused(Command command, Route refusal) {
        return command.since() == null ? refusal : Route.ToAnyNode.ROUTE;
    }

    /**
     * @param slot of all keys before {@code differing}
     * @param other of that one
     */
    private Route split(Splitting how, CommandFrame frame, int slot, int differing, int other) {
        if (how.argumentsPerKey() == 2 && frame.argumentCount() % 2 == 0) {
            return new Route.Reject("ERR wrong number of arguments for 'mset' command");
        }
        SplitPlan plan = split.plan();
        plan.begin(how.argumentsPerKey(), how.merge(), keys.count());
        for (int key = 0; key < differing; key++) {
            plan.add(keys.argument(key), slot);
        }
        plan.add(keys.argument(differing), other);
        for (int key = differing + 1; key < keys.count(); key++) {
            plan.add(keys.argument(key), slot(frame, key));
        }
        return split;
    }

    private int slot(CommandFrame frame, int key) {
        int argument = keys.argument(key);
        return SlotHash.slot(frame.buffer(), frame.argumentOffset(argument), frame.argumentLength(argument));
    }
}
