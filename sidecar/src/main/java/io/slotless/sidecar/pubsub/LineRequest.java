package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue.BulkString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server is asked on a connection with subscriptions, and how far it has answered. Its answer is one confirmation
 * for each name, or an error, among messages and what it says of itself; so a PING goes behind it, whose answer ends it.
 * One without a change is that PING alone: everything that was sent before has then been read. Pure.
 */
public final class LineRequest {

    private static final CommandFrame PING = CommandFrame.of("PING");

    private final @Nullable SubscriptionRequest change;
    private final Set<BulkString> asked = new HashSet<>();
    private final Set<BulkString> open = new HashSet<>();
    private @Nullable String error;
    private boolean confirmed;

    private LineRequest(@Nullable SubscriptionRequest change) {
        this.change = change;
        if (change != null) {
            asked.addAll(change.names());
            open.addAll(asked);
        }
    }

    /** Asks for this, with names. */
    public static LineRequest of(SubscriptionRequest change) {
        return new LineRequest(change);
    }

    /** Asks for nothing but an answer. */
    public static LineRequest ping() {
        return new LineRequest(null);
    }

    /** What it asks for; null if for nothing but an answer. */
    public @Nullable SubscriptionRequest change() {
        return change;
    }

    /** All that is to be sent. */
    public ByteBuf bytes() {
        if (change == null) {
            return PING.buffer().duplicate();
        }
        List<byte[]> arguments = new ArrayList<>(change.names().size() + 1);
        String word = change.direction() == Direction.SUBSCRIBE
                ? change.kind().subscribe()
                : change.kind().unsubscribe();
        arguments.add(word.getBytes(StandardCharsets.US_ASCII));
        change.names().forEach(name -> arguments.add(name.bytes()));
        return Unpooled.wrappedBuffer(
                CommandFrame.of(arguments).buffer(), PING.buffer().duplicate());
    }

    /** Takes a confirmation; false when it is none of this request's. */
    public boolean confirm(Direction direction, Subscription subscription) {
        if (change == null
                || change.direction() != direction
                || change.kind() != subscription.kind()
                || !asked.contains(subscription.name())) {
            return false;
        }
        open.remove(subscription.name());
        confirmed = true;
        return true;
    }

    /** Takes an error, without its minus; true when the request is over by it. A user may not be allowed to PING. */
    public boolean fail(String text) {
        if (change == null || confirmed || error != null) {
            return true;
        }
        error = text;
        return false;
    }

    /** Takes the answer to a PING; true when the request is over by it. */
    public boolean pong() {
        // A refusal that came together with what the server unsubscribed of itself can leave an answer behind.
        return change == null || error != null || open.isEmpty() || change.direction() == Direction.UNSUBSCRIBE;
    }

    /** Why the server will not; null when it has not said so. */
    public @Nullable String error() {
        return error;
    }
}
