package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commands in what a client sends, as Redis's {@code processMultibulkBuffer} and {@code processInlineBuffer} do, with
 * the same error texts. Where it is in a command is kept relative to the reader index, so the bytes may be moved to another
 * buffer between two calls, as long as the command still starts at the reader index. One per client connection; not
 * thread-safe.
 */
public final class RequestDecoder {

    /** What a call of {@link #decode} came to. */
    public enum Step {
        /** The command is not all there yet; the reader index has passed nothing but empty commands. */
        INCOMPLETE,
        /** {@link #frame()} is the command, and the reader index is behind it. */
        COMMAND,
        /** The client breaks the protocol: answer with {@link #error()}, then close. */
        ERROR
    }

    private enum Position {
        COMMAND_START,
        ARGUMENT_COUNT,
        ARGUMENT_LENGTH,
        ARGUMENT_BODY,
        INLINE,
        COMMAND_END,
        BROKEN
    }

    private static final long NOT_A_NUMBER = Long.MIN_VALUE;
    /** The type byte stands before the number. */
    private static final int TYPE_LENGTH = 1;

    private static final String TOO_HEAVY =
            "the command takes with its many arguments more than the memory limit of this sidecar allows";

    private static final int CRLF_LENGTH = 2;
    /** {@code $16} with its line end. */
    private static final int MAX_SMALL_HEADER = 5;

    private final RespLimits limits;
    private final CommandFrame frame = new CommandFrame();
    private Position position = Position.COMMAND_START;
    /** Bytes from the reader index on that are understood. */
    private int parsed;
    /** Bytes from the reader index on in which the end of the current line is not. */
    private int scanned;

    private int argumentsToCome;
    private int bodyLength;
    private int missing = 1;
    private String error = "";

    public RequestDecoder(RespLimits limits) {
        this.limits = limits;
    }

    /** Looks for the next command from the reader index on. */
    public Step decode(ByteBuf in) {
        while (advance(in)) {
            if (position == Position.COMMAND_END) {
                position = Position.COMMAND_START;
                return Step.COMMAND;
            }
        }
        return position == Position.BROKEN ? Step.ERROR : Step.INCOMPLETE;
    }

    /** The command found last; valid until it is {@link #taken}, or until the next {@link #decode}. */
    public CommandFrame frame() {
        return frame;
    }

    /** The command found last is not looked at any more: nothing is kept of it while its client says nothing. */
    public void taken() {
        frame.clear();
    }

    /** Redis's text for what the client did wrong, without the leading minus. */
    public String error() {
        return error;
    }

    /** After {@link Step#INCOMPLETE}: bytes that are needed at least before the next call can get further. */
    public int missing() {
        return missing;
    }

    /** Bytes of memory that the command found last, or what is known of the one to come, takes until it was sent. */
    public long weight() {
        return CommandWeight.of(known(), frame.argumentCount());
    }

    /** After {@link Step#INCOMPLETE}: its {@link #weight} if no argument to come is larger than the present one or the average. */
    public long expectedWeight() {
        long known = known();
        int begun = frame.argumentCount() + 1;
        long each = Math.max(position == Position.ARGUMENT_BODY ? bodyLength : 0, known / begun);
        int more = Math.max(0, argumentsToCome - 1);
        return CommandWeight.of(known + more * each, begun + more);
    }

    private long known() {
        return switch (position) {
            case COMMAND_START -> frame.length();
            case ARGUMENT_BODY -> parsed + (long) bodyLength + CRLF_LENGTH;
            default -> scanned;
        };
    }

    private boolean advance(ByteBuf in) {
        return switch (position) {
            case COMMAND_START -> commandStart(in);
            case ARGUMENT_COUNT -> argumentCount(in);
            case ARGUMENT_LENGTH -> argumentLength(in);
            case ARGUMENT_BODY -> argumentBody(in);
            case INLINE -> inline(in);
            case COMMAND_END, BROKEN -> false;
        };
    }

    private boolean commandStart(ByteBuf in) {
        if (!in.isReadable()) {
            return await(1);
        }
        frame.clear();
        next(in.getByte(in.readerIndex()) == '*' ? Position.ARGUMENT_COUNT : Position.INLINE, 0);
        return true;
    }

    private boolean argumentCount(ByteBuf in) {
        int few = smallNumber(in, '*');
        if (few > 0) {
            argumentsToCome = few;
            next(Position.ARGUMENT_LENGTH, parsed + headerLength(few));
            return true;
        }
        int end = headerEnd(in, "too big mbulk count string");
        if (end < 0) {
            return false;
        }
        long count = number(in, end);
        if (count == NOT_A_NUMBER || count > limits.maxArguments()) {
            return fail("invalid multibulk length");
        }
        if (count > CommandWeight.mostArguments(limits.maxCommandLength())) {
            return fail("the command has more than the " + CommandWeight.mostArguments(limits.maxCommandLength())
                    + " arguments that the memory limit of this sidecar allows");
        }
        if (count <= 0) {
            return skip(in, end + CRLF_LENGTH);
        }
        argumentsToCome = (int) count;
        next(Position.ARGUMENT_LENGTH, end + CRLF_LENGTH);
        return true;
    }

    private boolean argumentLength(ByteBuf in) {
        int small = smallNumber(in, '$');
        if (small >= 0) {
            bodyLength = small;
            next(Position.ARGUMENT_BODY, parsed + headerLength(small));
            return true;
        }
        if (isTooHeavy()) {
            return fail(TOO_HEAVY);
        }
        int end = headerEnd(in, "too big bulk count string");
        if (end < 0) {
            return false;
        }
        byte type = in.getByte(in.readerIndex() + parsed);
        if (type != '$') {
            return fail("expected '$', got '" + (char) (type & 0xff) + "'");
        }
        long size = number(in, end);
        int start = end + CRLF_LENGTH;
        if (size < 0 || size > limits.maxBulkLength()) {
            return fail("invalid bulk length");
        }
        if (start + size + CRLF_LENGTH > limits.maxCommandLength()) {
            return fail("the command has more than the " + limits.maxCommandLength()
                    + " bytes that the memory limit of this sidecar allows");
        }
        bodyLength = (int) size;
        next(Position.ARGUMENT_BODY, start);
        return true;
    }

    private boolean argumentBody(ByteBuf in) {
        int end = parsed + bodyLength + CRLF_LENGTH;
        if (in.readableBytes() < end) {
            return isTooHeavy() ? fail(TOO_HEAVY) : await(end - in.readableBytes());
        }
        frame.addArgument(parsed, bodyLength);
        if (--argumentsToCome > 0) {
            next(Position.ARGUMENT_LENGTH, end);
            return true;
        }
        frame.complete(in, in.readerIndex(), end);
        in.skipBytes(end);
        next(Position.COMMAND_END, 0);
        return true;
    }

    private boolean isTooHeavy() {
        return frame.argumentCount() > CommandWeight.FEW_ARGUMENTS && weight() > limits.maxCommandLength();
    }

    private boolean inline(ByteBuf in) {
        int end = find((byte) '\n', in, "too big inline request");
        if (end < 0) {
            return false;
        }
        int start = in.readerIndex();
        boolean crlf = end > 0 && in.getByte(start + end - 1) == '\r';
        @Nullable List<byte[]> arguments = InlineArguments.split(in, start, start + (crlf ? end - 1 : end));
        if (arguments == null) {
            return fail("unbalanced quotes in request");
        }
        if (arguments.isEmpty()) {
            return skip(in, end + 1);
        }
        frame.encode(arguments);
        in.skipBytes(end + 1);
        next(Position.COMMAND_END, 0);
        return true;
    }

    /**
     * The number of a header of one or two digits, read at once: nearly every header of nearly every command. -1 if the general
     * way must be gone, because it is longer, wrong or not all there.
     */
    private int smallNumber(ByteBuf in, char type) {
        if (in.readableBytes() - parsed < MAX_SMALL_HEADER) {
            return -1;
        }
        int header = in.getInt(in.readerIndex() + parsed);
        int first = (header >> 16 & 0xff) - '0';
        if (header >>> 24 != type || first < 0 || first > 9) {
            return -1;
        }
        int second = (header >> 8 & 0xff) - '0';
        int number = first;
        if (second != '\r' - '0') {
            boolean twoDigits = first > 0 && second >= 0 && second <= 9 && (header & 0xff) == '\r';
            number = twoDigits ? 10 * first + second : -1;
        }
        return number <= Math.min(limits.maxArguments(), limits.maxBulkLength()) ? number : -1;
    }

    private static int headerLength(int smallNumber) {
        return smallNumber < 10 ? MAX_SMALL_HEADER - 1 : MAX_SMALL_HEADER;
    }

    /** Where the carriage return of the current line is, or -1. Redis takes the byte behind it for granted, and so do we. */
    private int headerEnd(ByteBuf in, String tooLong) {
        int end = find((byte) '\r', in, tooLong);
        if (end >= 0 && end + 1 >= in.readableBytes()) {
            await(1);
            return -1;
        }
        return end;
    }

    private int find(byte wanted, ByteBuf in, String tooLong) {
        int base = in.readerIndex();
        int last = Math.min(in.readableBytes() - 1, parsed + limits.maxInlineLength());
        for (int at = scanned; at <= last; at++) {
            if (in.getByte(base + at) == wanted) {
                scanned = at;
                return at;
            }
        }
        scanned = last + 1;
        if (last == parsed + limits.maxInlineLength()) {
            fail(tooLong);
        } else {
            await(1);
        }
        return -1;
    }

    private long number(ByteBuf in, int end) {
        int start = parsed + TYPE_LENGTH;
        return Decimal.parse(in, in.readerIndex() + start, end - start, NOT_A_NUMBER);
    }

    private boolean skip(ByteBuf in, int bytes) {
        in.skipBytes(bytes);
        next(Position.COMMAND_START, 0);
        return true;
    }

    private void next(Position to, int from) {
        position = to;
        parsed = from;
        scanned = from;
    }

    private boolean await(int bytes) {
        missing = bytes;
        return false;
    }

    private boolean fail(String text) {
        error = "ERR Protocol error: " + text;
        position = Position.BROKEN;
        return false;
    }
}
