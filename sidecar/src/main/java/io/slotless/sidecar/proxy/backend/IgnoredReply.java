package io.slotless.sidecar.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;

/** Receives replies that nobody needs, as the OK of ASKING. */
public enum IgnoredReply implements ReplyReceiver {
    IT;

    @Override
    public void ready(UpstreamConnection connection) {}

    @Override
    public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {}

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {}
}
