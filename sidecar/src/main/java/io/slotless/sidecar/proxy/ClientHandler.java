package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.internal.PlatformDependent;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.TickFlusher;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The channel's side of a {@link ClientSession}: finds the commands in a client's bytes and holds back what the session
 * cannot take yet.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = System.getLogger(ClientHandler.class.getName());

    /** As much is read ahead while the session is busy; it lets us notice that the client leaves. */
    private static final int READ_AHEAD = 64 * 1024;

    /** As long may a client that has sent nonsense go on before it is cut off. */
    private static final int LINGER_SECONDS = 2;

    private static final RespLimits LIMITS = RespLimits.DEFAULT.within(PlatformDependent.maxDirectMemory());

    private final TickFlusher flusher;
    private final BiFunction<ClientHandler, BatchedWriter, ClientSession> sessions;
    private final RequestDecoder decoder = new RequestDecoder(LIMITS);
    private @Nullable ClientSession session;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf unread;
    private @Nullable RawWriter raw;
    private boolean suspended;
    private boolean deaf;
    private boolean broken;

    ClientHandler(TickFlusher flusher, BiFunction<ClientHandler, BatchedWriter, ClientSession> sessions) {
        this.flusher = flusher;
        this.sessions = sessions;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        session = sessions.apply(this, new BatchedWriter(added, flusher));
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ClientSession current = session();
        if (deaf) {
            bytes.release();
            return;
        }
        current.traffic().received(bytes.readableBytes());
        unread = unread == null
                ? bytes
                : Gathering.append(allocator(), unread, bytes, suspended ? 0 : decoder.missing());
        if (!suspended) {
            process();
        } else if (unread.readableBytes() > READ_AHEAD) {
            channelContext().channel().config().setAutoRead(false);
        }
    }

    /** Hands the commands in {@link #unread} to the session, as far as it takes them. */
    private void process() {
        ClientSession current = session();
        long commands = 0;
        boolean more = true;
        while (more && unread != null && !suspended && !deaf) {
            if (raw != null) {
                raw.write(unread);
                unread.release();
                unread = null;
                break;
            }
            ByteBuf bytes = unread;
            int start = bytes.readerIndex();
            switch (decoder.decode(bytes)) {
                case INCOMPLETE -> {
                    releaseWhatIsRead();
                    more = false;
                }
                case COMMAND -> {
                    int end = bytes.readerIndex();
                    // Until the command is taken it counts as unread: the session may want its bytes raw.
                    bytes.readerIndex(start);
                    if (current.command(decoder.frame())) {
                        bytes.readerIndex(end);
                        commands++;
                    } else {
                        suspended = raw == null;
                    }
                }
                case ERROR -> {
                    deaf = true;
                    broken = true;
                    current.protocolError(decoder.error());
                }
            }
        }
        current.traffic().handed(commands);
    }

    /** The session takes commands again. */
    void resume() {
        if (!suspended) {
            return;
        }
        suspended = false;
        process();
        if (!suspended && !deaf) {
            channelContext().channel().config().setAutoRead(true);
        }
    }

    /** The session takes no more commands for now; what is decoded already is its own matter. */
    void suspend() {
        suspended = true;
    }

    boolean isSuspended() {
        return suspended;
    }

    /** From the command that is being handed over on, bytes go as they are. */
    void switchToRaw(RawWriter writer) {
        raw = writer;
    }

    /** Nothing that the client may still send matters. */
    void stopReading() {
        deaf = true;
    }

    boolean isWritable() {
        return channelContext().channel().isWritable();
    }

    ByteBufAllocator allocator() {
        return channelContext().alloc();
    }

    /** Closes the connection after everything written so far. */
    void closeAfterWrites() {
        deaf = true;
        ChannelHandlerContext current = channelContext();
        ChannelFutureListener afterwards = broken ? ClientHandler::linger : ChannelFutureListener.CLOSE;
        current.executor()
                .execute(() -> current.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(afterwards));
    }

    /** To close before the client has said everything would reset the connection, and it might never read what is wrong. */
    private static void linger(ChannelFuture written) {
        Channel channel = written.channel();
        if (written.isSuccess() && channel instanceof DuplexChannel open) {
            open.shutdownOutput();
            channel.config().setAutoRead(true);
            channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    void close() {
        channelContext().close();
    }

    /** Vert.x has nothing to do with what was read: it would look for something to flush. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ignored) {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext current) {
        session().flow().clientWritabilityChanged();
        current.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext current) {
        deaf = true;
        if (unread != null) {
            unread.release();
            unread = null;
        }
        session().disconnected();
        current.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext current, Throwable cause) {
        // A connection that fails is one that ends; the session hears of it by channelInactive.
        if (!(cause instanceof IOException)) {
            LOG.log(Level.ERROR, "client connection closed for a defect of slotless", cause);
        }
        current.close();
    }

    private void releaseWhatIsRead() {
        ByteBuf rest = unread;
        if (rest == null) {
            return;
        }
        if (rest.isReadable()) {
            unread = Gathering.rest(allocator(), rest);
        } else {
            rest.release();
            unread = null;
        }
    }

    private ClientSession session() {
        ClientSession current = session;
        if (current == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return current;
    }

    private ChannelHandlerContext channelContext() {
        ChannelHandlerContext current = context;
        if (current == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return current;
    }

    /** Takes bytes as they are. */
    interface RawWriter {
        void write(ByteBuf bytes);
    }
}
