package io.slotless.sidecar.proxy;

import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.proxy.conversation.Conversation;
import io.slotless.sidecar.proxy.conversation.RandomKey;
import io.slotless.sidecar.proxy.conversation.Scan;
import io.slotless.sidecar.proxy.fanout.FanOut;
import io.slotless.sidecar.proxy.fanout.MergedParts;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.routing.SplitPlan;
import io.slotless.sidecar.scan.ScanException;
import java.util.function.Supplier;

/** Carries routes out: the one place where a {@link Route} becomes I/O. */
final class Dispatch {

    private Dispatch() {}

    /** Returns false when the command must come again, once the client's earlier replies are there. */
    static boolean carryOut(ClientSession session, Route route, CommandFrame frame) {
        if (route instanceof Route.ToSlot to) {
            return forward(session, frame, to.slot());
        }
        if (route instanceof Route.Reject reject) {
            session.replyError(reject.error());
            return true;
        }
        if (route instanceof Route.ToAnyNode) {
            return forward(session, frame, session.backend().owners().any());
        }
        if (route instanceof Route.Publish publish) {
            return publish(session, frame, publish.slot());
        }
        if (route instanceof Route.Split split) {
            return split(session, frame, split.plan());
        }
        if (route instanceof Route.Local local) {
            return LocalCommands.answer(session, local.command(), frame);
        }
        if (route instanceof Route.OneNode asked) {
            session.reply(Appearance.answer(session, asked.command(), frame));
            return true;
        }
        if (route instanceof Route.Info) {
            return info(session, frame);
        }
        if (route instanceof Route.FanOut fanOut) {
            return fanOut(session, frame, fanOut);
        }
        if (route instanceof Route.Eval eval) {
            return Scripts.eval(session, frame, eval.slot());
        }
        if (route instanceof Route.EvalSha eval) {
            return Scripts.evalSha(session, frame, eval.slot());
        }
        if (route instanceof Route.Script script) {
            return fanOut(session, frame, Scripts.fanOut(session, script.command(), frame));
        }
        if (route instanceof Route.KeysByServer) {
            session.barrier();
            return add(session, new KeysByServer(session, frame));
        }
        if (route instanceof Route.Scan) {
            return overShards(session, () -> Scan.of(session, frame));
        }
        if (route instanceof Route.RandomKey) {
            return overShards(session, () -> new RandomKey(session));
        }
        if (!quiet(session)) {
            return false;
        }
        if (route instanceof Route.StreamedArrays) {
            return stream(session, frame);
        }
        if (route instanceof Route.Subscribe) {
            session.subscriptions().command(frame);
            return true;
        }
        if (route instanceof Route.Wait wait) {
            session.barrier();
            return waitAtAllShards(session, frame, wait);
        }
        if (route instanceof Route.Blocking blocking) {
            session.barrier();
            return add(session, new BlockingForward(session, frame, blocking.slot()));
        }
        if (route instanceof Route.BindTransaction || route instanceof Route.Watch) {
            SessionState transaction =
                    session.backend().hidesCluster() ? new ClusterTransaction(session) : new TransactionState(session);
            session.enter(transaction);
            return transaction.command(frame);
        }
        if (session.isSubscribed()) {
            if (session.backend().router().table().find(frame) == null) {
                return forward(session, frame, 0);
            }
            // Messages could cut into what passes unread.
            session.replyError("ERR slotless: '" + frame.argument(0)
                    + "' is not possible while this connection is subscribed to something");
            return true;
        }
        if (route instanceof Route.BindIfDone) {
            session.barrier();
            return add(session, new BindingForward(session, frame));
        }
        PipeState.enterFromHere(session);
        return false;
    }

    /** Whether no reply is outstanding; if not so, sets the barrier behind which a command must wait. */
    static boolean quiet(ClientSession session) {
        if (session.replies().isEmpty()) {
            return true;
        }
        session.barrier();
        return false;
    }

    /** Puts an exchange in line and sends it. */
    static <E extends Exchange & Pending> boolean add(ClientSession session, E exchange) {
        session.replies().add(exchange);
        send(session, exchange);
        return true;
    }

    static boolean forward(ClientSession session, CommandFrame frame, int slot) {
        Forward forward = session.spares().forwards().take(session, frame, slot);
        session.replies().add(forward);
        send(session, forward);
        return true;
    }

    private static boolean publish(ClientSession session, CommandFrame frame, int where) {
        int slot = where == Route.Publish.HOME ? session.backend().owners().home() : where;
        if (!session.isSubscribed()) {
            return forward(session, frame, slot);
        }
        if (!quiet(session)) {
            return false;
        }
        session.barrier();
        return add(session, new OwnMessage(session, frame, slot));
    }

    /** Sends an exchange whose reply belongs to what stands in line already. */
    static void send(ClientSession session, Exchange exchange) {
        exchange.dispatch();
        session.flow().sentTo(exchange.lastConnection());
    }

    private static boolean split(ClientSession session, CommandFrame frame, SplitPlan plan) {
        SplitCommand command = session.spares().splits().take(session, plan);
        session.replies().add(command);
        command.send(frame, plan);
        return true;
    }

    /** Begins a conversation with the shards, whose later rounds nothing behind it may overtake. */
    private static boolean overShards(ClientSession session, Supplier<Conversation> maker) {
        if (!knowsShards(session)) {
            return true;
        }
        try {
            Conversation conversation = maker.get();
            session.barrier();
            session.replies().add(conversation);
            conversation.start();
        } catch (ScanException refused) {
            session.replyError(refused.error());
        }
        return true;
    }

    private static boolean info(ClientSession session, CommandFrame frame) {
        if (knowsShards(session)) {
            InfoReply.begin(session, frame);
        }
        return true;
    }

    private static boolean fanOut(ClientSession session, CommandFrame frame, Route.FanOut route) {
        if (knowsShards(session)) {
            FanOut.begin(session, frame, route.reach(), route.merge());
        }
        return true;
    }

    private static boolean stream(ClientSession session, CommandFrame frame) {
        if (knowsShards(session)) {
            session.barrier();
            StreamedArrays arrays = new StreamedArrays(
                    session, frame, session.backend().owners().ofEachShard());
            session.replies().add(arrays);
            arrays.start();
        }
        return true;
    }

    private static boolean knowsShards(ClientSession session) {
        boolean known = session.backend().owners().ofEachShard().length > 0;
        if (!known) {
            session.replyError("CLUSTERDOWN slotless does not know the shards of "
                    + session.backend().config().host() + " yet; try again");
        }
        return known;
    }

    private static boolean waitAtAllShards(ClientSession session, CommandFrame frame, Route.Wait route) {
        if (!knowsShards(session)) {
            return true;
        }
        MergedParts.awaitAll(session, frame, route.merge());
        return true;
    }
}
