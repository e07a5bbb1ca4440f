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
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.TickFlusher;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The channel's side of a {@link ClientSession}: reads as much as the session, and memory, can take.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = System.getLogger(ClientHandler.class.getName());

    /** As long may a client that has sent nonsense go on before it is cut off. */
    private static final int LINGER_SECONDS = 2;

    private static final String NO_ROOM =
            "ERR slotless: there is no room in memory for the rest of this command beside the large"
                    + " commands of other clients";

    private final TickFlusher flusher;
    private final BiFunction<ClientHandler, BatchedWriter, ClientSession> sessions;
    private final Intake intake;
    private @Nullable ClientSession session;
    private @Nullable ChannelHandlerContext context;
    private @Nullable RawWriter raw;
    private boolean suspended;
    /** The client is not read from: there is no room for the command that it has begun. */
    private boolean heldBack;

    private boolean deaf;
    private boolean broken;

    /**
     * @param flusher that of the client's event loop
     * @param budget what large commands of all clients share
     */
    ClientHandler(
            TickFlusher flusher,
            RequestBudget budget,
            BiFunction<ClientHandler, BatchedWriter, ClientSession> sessions) {
        this.flusher = flusher;
        this.intake = new Intake(budget, this::roomChanged);
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
        if (heldBack) {
            // Epoll reads unasked when a client has closed its side: the rest of the command would go where there is no
            // room.
            bytes.release();
            close();
        } else if (suspended) {
            if (!intake.addAhead(allocator(), bytes)) {
                setReading(false);
            }
        } else {
            intake.add(allocator(), bytes);
            process();
        }
    }

    /** Hands the commands that came to the session, as far as it takes them. */
    private void process() {
        ClientSession current = session();
        long commands = 0;
        boolean more = true;
        while (more && !intake.isEmpty() && !suspended && !deaf) {
            if (raw != null) {
                ByteBuf bytes = intake.take();
                raw.write(bytes);
                bytes.release();
                break;
            }
            switch (intake.next()) {
                case INCOMPLETE -> {
                    more = false;
                    if (!intake.awaitRest(allocator())) {
                        holdBack();
                    }
                }
                case COMMAND -> {
                    if (current.command(intake.command())) {
                        intake.commandTaken();
                        commands++;
                    } else {
                        suspended = raw == null;
                    }
                }
                case ERROR -> {
                    stopListening();
                    current.protocolError(intake.error());
                }
            }
        }
        current.traffic().handed(commands);
    }

    private void stopListening() {
        deaf = true;
        broken = true;
        intake.clear();
    }

    private void holdBack() {
        heldBack = true;
        setReading(false);
        session().heldBack();
    }

    /** Called by any thread, and in the midst of other work. */
    private void roomChanged() {
        channelContext().executor().execute(() -> {
            if (!deaf && intake.isRefused()) {
                stopListening();
                session().endWith(NO_ROOM);
            } else if (!deaf && heldBack && intake.hasRoom()) {
                heldBack = false;
                setReading(true);
            }
        });
    }

    /** The session takes commands again. */
    void resume() {
        if (!suspended) {
            return;
        }
        suspended = false;
        process();
        if (!suspended && !deaf && !heldBack) {
            setReading(true);
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

    private void setReading(boolean on) {
        channelContext().channel().config().setAutoRead(on);
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

    /** Closes when the present work is done. */
    void closeSoon() {
        channelContext().executor().execute(this::close);
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
        intake.clear();
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
