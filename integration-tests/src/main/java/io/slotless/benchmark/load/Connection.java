package io.slotless.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client: sends commands, and checks and counts their replies. Lives on the event loop. */
final class Connection extends ChannelInboundHandlerAdapter {

    private final Workload workload;
    private final Meter meter;
    private final Consumer<Throwable> failed;
    private final Outstanding outstanding = new Outstanding();
    private final ReplyMatcher matcher = new ReplyMatcher();
    private Runnable answered = () -> {};
    private @Nullable Channel channel;

    /** @param failed told when the server says what it must not, or hangs up */
    Connection(Workload workload, Meter meter, Consumer<Throwable> failed) {
        this.workload = workload;
        this.meter = meter;
        this.failed = failed;
    }

    /** @param whenAnswered called each time that no command waits for its reply any more */
    void onAllAnswered(Runnable whenAnswered) {
        answered = whenAnswered;
    }

    int outstanding() {
        return outstanding.size();
    }

    /** Sends so many commands at once. */
    void send(int commands, long dueNanos) {
        Channel to = channel;
        if (to == null) {
            throw new IllegalStateException("not connected");
        }
        ByteBuf heads = null;
        for (int i = 0; i < commands; i++) {
            Template template = workload.next();
            outstanding.add(template.reply(), dueNanos);
            if (heads == null) {
                heads = to.alloc().directBuffer(template.headBytes() * (commands - i));
            }
            template.writeHead(heads, workload.random(), workload.keys());
            if (template.tail().isReadable()) {
                to.write(heads);
                to.write(template.tail().retainedDuplicate());
                heads = null;
            }
        }
        if (heads != null) {
            to.write(heads);
        }
        to.flush();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            long now = System.nanoTime();
            while (in.isReadable()) {
                if (outstanding.size() == 0) {
                    throw new WrongReply("a reply that nobody waits for");
                }
                if (matcher.advance(in, outstanding.shape())) {
                    meter.reply(now - outstanding.remove());
                }
            }
        } finally {
            in.release();
        }
        if (outstanding.size() == 0) {
            answered.run();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed.accept(new IllegalStateException("the server has closed a connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed.accept(cause);
    }
}
