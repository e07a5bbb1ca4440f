package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a blocking command says how long it waits and what for, to be said anew when it is carried on elsewhere. Pure.
 *
 * @param timeoutArgument index of the argument with the timeout; 0 when there is none that we understand
 * @param timeoutMillis 0: it waits for ever
 * @param unit in which the command says it
 * @param newestIds indices of the arguments that ask for what is newer than all there is: the {@code $} of XREAD
 * @param keysToIds from such an index back to that of the stream's key
 */
public record BlockingCall(int timeoutArgument, long timeoutMillis, Unit unit, List<Integer> newestIds, int keysToIds) {

    /** The units of Redis's timeouts. */
    public enum Unit {
        /** With a fraction. */
        SECONDS,
        MILLISECONDS
    }

    /** A hundred years: what is longer we leave to the server to judge. */
    private static final long MOST_MILLIS = 100L * 365 * 24 * 3600 * 1000;

    private static final BlockingCall UNKNOWN = new BlockingCall(0, 0, Unit.SECONDS, List.of(), 0);

    private static final AsciiString XREAD = AsciiString.cached("xread");
    private static final AsciiString XREADGROUP = AsciiString.cached("xreadgroup");
    private static final AsciiString BLMPOP = AsciiString.cached("blmpop");
    private static final AsciiString BZMPOP = AsciiString.cached("bzmpop");
    private static final AsciiString NEWEST = AsciiString.cached("$");

    public BlockingCall {
        newestIds = List.copyOf(newestIds);
    }

    /** Reads a command that blocks. */
    public static BlockingCall of(CommandFrame frame) {
        if (frame.argumentEqualsIgnoreCase(0, XREAD) || frame.argumentEqualsIgnoreCase(0, XREADGROUP)) {
            return ofStreams(frame);
        }
        boolean first = frame.argumentEqualsIgnoreCase(0, BLMPOP) || frame.argumentEqualsIgnoreCase(0, BZMPOP);
        int argument = first ? 1 : frame.argumentCount() - 1;
        long millis = seconds(frame.argument(argument));
        return millis < 0 ? UNKNOWN : new BlockingCall(argument, millis, Unit.SECONDS, List.of(), 0);
    }

    private static BlockingCall ofStreams(CommandFrame frame) {
        StreamOptions options = StreamOptions.of(frame);
        if (options.block() == 0) {
            return UNKNOWN;
        }
        long millis = frame.argumentAsLong(options.block(), -1);
        if (millis < 0 || millis > MOST_MILLIS) {
            return UNKNOWN;
        }
        int count = options.streams() == 0 ? 0 : (frame.argumentCount() - options.streams() - 1) / 2;
        List<Integer> newest = new ArrayList<>();
        for (int id = options.streams() + 1 + count; count > 0 && id < frame.argumentCount(); id++) {
            if (frame.argumentEqualsIgnoreCase(id, NEWEST)) {
                newest.add(id);
            }
        }
        return new BlockingCall(options.block(), millis, Unit.MILLISECONDS, newest, count);
    }

    /** In milliseconds, rounded up as Redis does; -1 for what the server will refuse. */
    private static long seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            return seconds >= 0 && seconds * 1000 < MOST_MILLIS ? (long) Math.ceil(seconds * 1000) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether it ends by itself. */
    public boolean endsByTime() {
        return timeoutMillis > 0;
    }

    /**
     * The command for what is left of its time.
     *
     * @param remainingMillis of its own timeout; does not matter when it has none
     * @param ids by argument, instead of those {@link #newestIds}
     * @return on the heap; needs no release
     */
    public ByteBuf anew(CommandFrame frame, long remainingMillis, Map<Integer, String> ids) {
        ByteBuf out = Unpooled.buffer(frame.length() + 32);
        RespWriter.writeArrayHeader(out, frame.argumentCount());
        for (int i = 0; i < frame.argumentCount(); i++) {
            if (i == timeoutArgument && i > 0 && endsByTime()) {
                RespWriter.writeBulkString(out, timeout(remainingMillis).getBytes(StandardCharsets.US_ASCII));
            } else if (ids.containsKey(i)) {
                RespWriter.writeBulkString(out, ids.get(i).getBytes(StandardCharsets.US_ASCII));
            } else {
                RespWriter.writeBulkString(out, frame.buffer(), frame.argumentOffset(i), frame.argumentLength(i));
            }
        }
        return out;
    }

    private String timeout(long remaining) {
        long millis = Math.max(1, remaining);
        return unit == Unit.MILLISECONDS
                ? Long.toString(millis)
                : String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }
}
