package io.slotless.sidecar.script;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that clients of a destination have brought, to be given to servers that do not know them. Those used least
 * recently are forgotten when there are too many. A script is called by its content, so whoever gets it has asked for exactly
 * it: which client has brought it makes no difference, as it makes none at a server.
 *
 * <p>What most clients do, to send EVAL again and again, costs a look at the bytes; the name of a script is made only when
 * somebody calls scripts by name.
 */
public final class SeenScripts {

    /** The most that is kept, in bytes, per destination and event loop; texts are shared by the loops. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    private final int mostBytes;
    private final ScriptNews news;
    private final Map<Long, Script> byContent = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ScriptId, Script> byId = new HashMap<>();
    private final List<Script> nameless = new ArrayList<>();
    private int bytes;

    public SeenScripts(int mostBytes, ScriptNews news) {
        this.mostBytes = mostBytes;
        this.news = news;
    }

    /** A client brings this script. */
    public void see(CommandFrame frame, int argument) {
        int offset = frame.argumentOffset(argument);
        int length = frame.argumentLength(argument);
        Script known = byContent.get(hash(frame.buffer(), offset, length));
        if (length > mostBytes || known != null && known.is(frame.buffer(), offset, length)) {
            return;
        }
        byte[] text = ByteBufUtil.getBytes(frame.buffer(), offset, length);
        learn(text);
        news.seen(text);
    }

    /** Another event loop has seen this script. */
    public void learn(byte[] text) {
        ByteBuf buffer = Unpooled.wrappedBuffer(text);
        Script script = new Script(text, buffer);
        nameless.add(script);
        bytes += text.length;
        Script replaced = byContent.put(hash(buffer, 0, text.length), script);
        if (replaced != null) {
            forget(replaced);
        }
        Iterator<Script> eldest = byContent.values().iterator();
        while (bytes > mostBytes) {
            forget(eldest.next());
            eldest.remove();
        }
    }

    /** The text of a script, not to be changed; null when it was not seen, or long ago. */
    public byte @Nullable [] text(ScriptId id) {
        for (Script script : nameless) {
            script.id = ScriptId.of(script.text);
            byId.put(script.id, script);
        }
        nameless.clear();
        Script script = byId.get(id);
        return script == null ? null : script.text;
    }

    /** Forgets all; so do the other event loops. */
    public void flush() {
        forget();
        news.flushed();
    }

    /** Forgets all. */
    public void forget() {
        byContent.clear();
        byId.clear();
        nameless.clear();
        bytes = 0;
    }

    private void forget(Script script) {
        bytes -= script.text.length;
        if (script.id == null) {
            nameless.remove(script);
        } else {
            byId.remove(script.id, script);
        }
    }

    private static long hash(ByteBuf buffer, int offset, int length) {
        long hash = length;
        int at = offset;
        for (; at + Long.BYTES <= offset + length; at += Long.BYTES) {
            hash = (hash ^ buffer.getLong(at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; at < offset + length; at++) {
            hash = (hash ^ buffer.getByte(at)) * 0x9E3779B97F4A7C15L;
        }
        return hash;
    }

    private static final class Script {

        private final byte[] text;
        private final ByteBuf buffer;
        private @Nullable ScriptId id;

        Script(byte[] text, ByteBuf buffer) {
            this.text = text;
            this.buffer = buffer;
        }

        boolean is(ByteBuf other, int offset, int length) {
            return length == text.length && ByteBufUtil.equals(buffer, 0, other, offset, length);
        }
    }
}
