package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.RespValue.BulkString;

/** One frame that a server sent on a connection with subscriptions, in RESP2 or RESP3. Closed. Pure. */
public sealed interface LineFrame {

    /** For the client, as it is. */
    record Message() implements LineFrame {
        static final Message IT = new Message();
    }

    /**
     * For the client, by a pattern.
     *
     * @param event whether it tells what happens at that node only
     */
    record PatternMessage(BulkString pattern, boolean event) implements LineFrame {

        /**
         * Whether the client is to get it: what nodes tell each other comes from each of them.
         *
         * @param home whether it comes from where channels and patterns live
         */
        public boolean isWanted(boolean home) {
            return home || event || !KeyspaceEvents.mayMatch(pattern.bytes());
        }
    }

    /** The server has subscribed or unsubscribed. */
    record Changed(Direction direction, Subscription subscription) implements LineFrame {}

    /** The answer to a PING. */
    record Pong() implements LineFrame {
        static final Pong IT = new Pong();
    }

    /** An error; the text is without the minus. */
    record Failure(String text) implements LineFrame {}

    /** Nothing that would mean anything to us or the client. */
    record Other() implements LineFrame {
        static final Other IT = new Other();
    }

    /** Reads a whole frame, which stays as it is. */
    static LineFrame of(ByteBuf buffer, int offset, int length) {
        return new LineFrameReader(buffer, offset, length).frame();
    }
}
