package io.slotless.sidecar.proxy.backend;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.slotless.sidecar.upstream.TickFlusher;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * One event loop and what belongs to it.
 *
 * @param context the Vert.x context whose work runs on the loop
 */
public record LoopContext(Vertx vertx, Context context, SingleThreadEventLoop loop, TickFlusher flusher) {

    /** That of the running context, which must be an event loop's. */
    public static LoopContext of(Vertx vertx, Context context) {
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        SingleThreadEventLoop single = (SingleThreadEventLoop) loop;
        return new LoopContext(vertx, context, single, new TickFlusher(single));
    }
}
