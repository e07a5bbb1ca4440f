package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.slotless.sidecar.pubsub.LineFrame.Changed;
import io.slotless.sidecar.pubsub.LineFrame.Failure;
import io.slotless.sidecar.pubsub.LineFrame.Message;
import io.slotless.sidecar.pubsub.LineFrame.Other;
import io.slotless.sidecar.pubsub.LineFrame.PatternMessage;
import io.slotless.sidecar.pubsub.LineFrame.Pong;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.RespValue.BulkString;
import java.nio.charset.StandardCharsets;

/** Reads as much of a frame as tells what it is: the first bulk strings of its array. */
final class LineFrameReader {

    private final ByteBuf buffer;
    private final int offset;
    private final int end;
    /** Where the next element begins. */
    private int at;
    /** Of the element last read. */
    private int start;

    private int length;

    LineFrameReader(ByteBuf buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.end = offset + length;
    }

    LineFrame frame() {
        return switch (buffer.getByte(offset)) {
            case '*', '>' -> array();
            case '-' -> new Failure(buffer.toString(offset + 1, end - offset - 3, StandardCharsets.UTF_8));
            case '+' -> Pong.IT;
            default -> Other.IT;
        };
    }

    private LineFrame array() {
        at = behindLine(offset);
        if (!next()) {
            return Other.IT;
        }
        if (is("message") || is("smessage")) {
            return Message.IT;
        }
        if (is("pmessage")) {
            return patternMessage();
        }
        return is("pong") ? Pong.IT : changed();
    }

    private LineFrame patternMessage() {
        if (!next()) {
            return Other.IT;
        }
        BulkString pattern = name();
        // Behind the pattern comes the channel.
        return next() ? new PatternMessage(pattern, KeyspaceEvents.isEvent(buffer, start, length)) : Other.IT;
    }

    private LineFrame changed() {
        String word = buffer.toString(start, length, StandardCharsets.US_ASCII);
        if (!next()) {
            return Other.IT;
        }
        BulkString name = name();
        SubscriptionKind subscribed = SubscriptionKind.subscribedBy(word);
        if (subscribed != null) {
            return new Changed(Direction.SUBSCRIBE, new Subscription(subscribed, name));
        }
        SubscriptionKind unsubscribed = SubscriptionKind.unsubscribedBy(word);
        return unsubscribed == null
                ? Other.IT
                : new Changed(Direction.UNSUBSCRIBE, new Subscription(unsubscribed, name));
    }

    /** On to the next element; false when there is none, or it is no bulk string. */
    private boolean next() {
        if (at >= end || buffer.getByte(at) != '$' || buffer.getByte(at + 1) == '-') {
            return false;
        }
        int size = 0;
        for (int digit = at + 1; buffer.getByte(digit) != '\r'; digit++) {
            size = 10 * size + (buffer.getByte(digit) - '0');
        }
        start = behindLine(at);
        length = size;
        at = start + length + 2;
        return true;
    }

    private BulkString name() {
        return new BulkString(ByteBufUtil.getBytes(buffer, start, length));
    }

    private boolean is(String word) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(start + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int behindLine(int from) {
        return buffer.indexOf(from, end, (byte) '\n') + 1;
    }
}
