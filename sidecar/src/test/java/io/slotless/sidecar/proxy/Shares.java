package io.slotless.sidecar.proxy;

import io.slotless.sidecar.resp.RespLimits;

/** Shares of the memory for replies. */
final class Shares {

    private Shares() {}

    /** One that is never too much. */
    static ReplyBudget.Share plenty() {
        return new ReplyBudget(new RequestBudget(RespLimits.DEFAULT, () -> 0)).share(bytes -> {
            throw new AssertionError("evicted with " + bytes + " bytes");
        });
    }
}
