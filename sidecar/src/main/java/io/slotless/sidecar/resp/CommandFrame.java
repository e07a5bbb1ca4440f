package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One command as it lies in a buffer, in RESP form: where it starts, where it ends, where its arguments are. A view that its
 * decoder uses again for the next command: it owns no reference to the buffer. Argument 0 is the command's name.
 */
public final class CommandFrame {

    private static final int USUAL_ARGUMENTS = 16;
    /** Above this many arguments the room for them is given back: thousands of clients may be connected. */
    private static final int KEPT_ARGUMENTS = 256;

    /** A type, a number and two line ends. */
    private static final int MOST_HEADER = 16;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int offset;
    private int length;
    private int count;
    /** Per argument its offset from the start of the frame, and its length. */
    private int[] arguments = new int[2 * USUAL_ARGUMENTS];

    CommandFrame() {}

    /** A command of its own, for tests and for commands we make up. */
    public static CommandFrame of(String... arguments) {
        return of(Arrays.stream(arguments)
                .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** A command of its own; its buffer is on the heap and needs no release. */
    public static CommandFrame of(List<byte[]> arguments) {
        CommandFrame frame = new CommandFrame();
        frame.encode(arguments);
        return frame;
    }

    public ByteBuf buffer() {
        return buffer;
    }

    /** Index in {@link #buffer()} of the frame's first byte. */
    public int offset() {
        return offset;
    }

    /** Bytes of the whole frame. */
    public int length() {
        return length;
    }

    public int argumentCount() {
        return count;
    }

    /** Index in {@link #buffer()} of the first byte of argument i. */
    public int argumentOffset(int i) {
        return offset + arguments[2 * i];
    }

    public int argumentLength(int i) {
        return arguments[2 * i + 1];
    }

    /** Index in {@link #buffer()} of the header of argument i, which tells its length. */
    public int argumentHeader(int i) {
        return i > 0 ? argumentEnd(i - 1) : buffer.indexOf(offset, offset + length, (byte) '\n') + 1;
    }

    /** Index in {@link #buffer()} behind argument i and the line end that follows it. */
    public int argumentEnd(int i) {
        return argumentOffset(i) + argumentLength(i) + 2;
    }

    /**
     * Whether argument i is this word, whatever the case of A to Z.
     *
     * @param lower in lower case
     */
    public boolean argumentEqualsIgnoreCase(int i, AsciiString lower) {
        int size = argumentLength(i);
        if (size != lower.length()) {
            return false;
        }
        int start = argumentOffset(i);
        for (int at = 0; at < size; at++) {
            if (AsciiFold.lower(buffer.getByte(start + at)) != lower.byteAt(at)) {
                return false;
            }
        }
        return true;
    }

    /** For messages and rare options: UTF-8, with replacement characters for what is not. */
    public String argument(int i) {
        return buffer.toString(argumentOffset(i), argumentLength(i), StandardCharsets.UTF_8);
    }

    /** The argument as Redis reads an integer; {@code orElse} if it would refuse it. */
    public long argumentAsLong(int i, long orElse) {
        return Decimal.parse(buffer, argumentOffset(i), argumentLength(i), orElse);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("CommandFrame[");
        for (int i = 0; i < Math.min(count, 3); i++) {
            text.append(i == 0 ? "" : " ").append(argumentLength(i) > 64 ? "…" : argument(i));
        }
        return text.append(count > 3 ? " …" : "").append(']').toString();
    }

    void clear() {
        buffer = Unpooled.EMPTY_BUFFER;
        offset = 0;
        length = 0;
        count = 0;
        if (arguments.length > 2 * KEPT_ARGUMENTS) {
            arguments = new int[2 * USUAL_ARGUMENTS];
        }
    }

    /** @param relativeOffset counted from the start of the frame */
    void addArgument(int relativeOffset, int argumentLength) {
        int at = 2 * count;
        if (at == arguments.length) {
            arguments = Arrays.copyOf(arguments, 2 * at);
        }
        arguments[at] = relativeOffset;
        arguments[at + 1] = argumentLength;
        count++;
    }

    void complete(ByteBuf in, int frameOffset, int frameLength) {
        buffer = in;
        offset = frameOffset;
        length = frameLength;
    }

    /** Puts the arguments into a new buffer on the heap, so that whoever kept the former one is not disturbed. */
    void encode(List<byte[]> values) {
        clear();
        int size = values.stream().mapToInt(value -> value.length + MOST_HEADER).sum() + MOST_HEADER;
        ByteBuf out = Unpooled.buffer(size);
        RespWriter.writeArrayHeader(out, values.size());
        for (byte[] value : values) {
            RespWriter.writeBulkString(out, value);
            addArgument(out.writerIndex() - value.length - 2, value.length);
        }
        complete(out, 0, out.writerIndex());
    }
}
