package io.slotless.webhook.destination;

import io.slotless.webhook.injection.Destination;

/** Hears of RedisDestinations, of one after the other and in order; on a thread of a watch, which must not wait. */
public interface DestinationFollower {

    /** It is new, or anything about it is, its status included. */
    void changed(Destination now);

    /** @param last as it was */
    void gone(Destination last);
}
