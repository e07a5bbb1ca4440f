package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBufUtil;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue.BulkString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of the six commands that change what a client is subscribed to.
 *
 * @param names in the order of the arguments, with whatever came twice; empty: all that there are
 */
public record SubscriptionRequest(SubscriptionKind kind, Direction direction, List<BulkString> names) {

    /** To begin or to end. */
    public enum Direction {
        SUBSCRIBE,
        UNSUBSCRIBE
    }

    /** Reads a frame, which must be one of these commands. */
    public static SubscriptionRequest of(CommandFrame frame) {
        String word = frame.argument(0).toLowerCase(Locale.ROOT);
        List<BulkString> names = new ArrayList<>(frame.argumentCount() - 1);
        for (int i = 1; i < frame.argumentCount(); i++) {
            names.add(new BulkString(
                    ByteBufUtil.getBytes(frame.buffer(), frame.argumentOffset(i), frame.argumentLength(i))));
        }
        SubscriptionKind subscribed = SubscriptionKind.subscribedBy(word);
        if (subscribed != null) {
            return new SubscriptionRequest(subscribed, Direction.SUBSCRIBE, names);
        }
        SubscriptionKind unsubscribed = SubscriptionKind.unsubscribedBy(word);
        if (unsubscribed == null) {
            throw new IllegalArgumentException("neither subscribes nor unsubscribes: " + word);
        }
        return new SubscriptionRequest(unsubscribed, Direction.UNSUBSCRIBE, names);
    }
}
