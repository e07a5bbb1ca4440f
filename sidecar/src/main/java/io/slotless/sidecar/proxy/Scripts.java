package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import io.slotless.sidecar.command.ResponsePolicy;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.routing.Reach;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.routing.ScriptCommand;
import io.slotless.sidecar.routing.fanout.Aggregates;
import io.slotless.sidecar.routing.fanout.Agreement;
import io.slotless.sidecar.routing.fanout.ReplyMerge;
import io.slotless.sidecar.script.ScriptId;
import io.slotless.sidecar.script.SeenScripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Scripts in front of a cluster: at one server a script that was sent once can be called by its name from then on. Here other
 * nodes may not have it, and new ones come: they are given what was seen.
 */
final class Scripts {

    private static final AsciiString EVALSHA_RO = AsciiString.cached("evalsha_ro");

    private Scripts() {}

    /** Forwards a command that brings a script. */
    static boolean eval(ClientSession session, CommandFrame frame, int slot) {
        session.destination().scripts().see(frame, 1);
        return Dispatch.forward(session, frame, somewhere(session, slot));
    }

    /** Forwards a command that names a script; what comes behind waits until its node is known to have that. */
    static boolean evalSha(ClientSession session, CommandFrame frame, int keys) {
        int slot = somewhere(session, keys);
        ScriptId script = ScriptId.of(frame, 1);
        if (script == null || session.destination().scripts().text(script) == null) {
            return Dispatch.forward(session, frame, slot);
        }
        if (!isThere(session, slot, script)) {
            session.barrier();
        }
        return Dispatch.add(session, new ScriptForward(session, frame, slot, script));
    }

    /**
     * The command as it is sent where NOSCRIPT comes too late, for EXEC runs what is behind it: with the script itself, if its
     * node may not have it.
     */
    static CommandFrame withScript(ClientSession session, Route route, CommandFrame frame) {
        if (route instanceof Route.Eval) {
            session.destination().scripts().see(frame, 1);
        }
        ScriptId script = route instanceof Route.EvalSha ? ScriptId.of(frame, 1) : null;
        byte[] text = script == null ? null : session.destination().scripts().text(script);
        if (script == null || text == null || isThere(session, ((Route.EvalSha) route).slot(), script)) {
            return frame;
        }
        List<byte[]> arguments = new ArrayList<>(frame.argumentCount());
        String eval = frame.argumentEqualsIgnoreCase(0, EVALSHA_RO) ? "EVAL_RO" : "EVAL";
        arguments.add(eval.getBytes(StandardCharsets.US_ASCII));
        arguments.add(text);
        for (int i = 2; i < frame.argumentCount(); i++) {
            arguments.add(ByteBufUtil.getBytes(frame.buffer(), frame.argumentOffset(i), frame.argumentLength(i)));
        }
        return CommandFrame.of(arguments);
    }

    /** Where a command about all scripts goes, and what is made of the replies; what we have seen changes with it. */
    static Route.FanOut fanOut(ClientSession session, ScriptCommand command, CommandFrame frame) {
        SeenScripts seen = session.destination().scripts();
        return switch (command) {
            case LOAD -> {
                seen.see(frame, 2);
                yield new Route.FanOut(Reach.NODES, Agreement.OF_PRIMARIES);
            }
            case FLUSH -> {
                session.destination().forgetScripts();
                seen.flush();
                yield new Route.FanOut(Reach.NODES, Agreement.OF_PRIMARIES);
            }
            case EXISTS -> new Route.FanOut(Reach.SHARDS, existing(seen, frame));
        };
    }

    /** A script exists where all shards have it, and where we have it: they would get it. */
    private static ReplyMerge existing(SeenScripts seen, CommandFrame frame) {
        List<Boolean> known = new ArrayList<>();
        for (int i = 2; i < frame.argumentCount(); i++) {
            ScriptId script = ScriptId.of(frame, i);
            known.add(script != null && seen.text(script) != null);
        }
        return replies -> {
            RespValue atAll = Aggregates.of(ResponsePolicy.AGG_LOGICAL_AND).merge(replies);
            if (!(atAll instanceof RespValue.ArrayValue array)
                    || array.elements().size() != known.size()) {
                return atAll;
            }
            List<RespValue> elements = new ArrayList<>(array.elements());
            for (int i = 0; i < elements.size(); i++) {
                if (known.get(i)) {
                    elements.set(i, new RespValue.IntegerValue(1));
                }
            }
            return new RespValue.ArrayValue(elements);
        };
    }

    private static boolean isThere(ClientSession session, int slot, ScriptId script) {
        Backend backend = session.backend();
        return slot != Route.ANY_SLOT
                && backend.scriptPlaces().has(backend.owners().primary(slot), script);
    }

    private static int somewhere(ClientSession session, int slot) {
        return slot == Route.ANY_SLOT ? session.backend().owners().any() : slot;
    }
}
