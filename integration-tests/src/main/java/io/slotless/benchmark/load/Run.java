package io.slotless.benchmark.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One load from connecting to the last reply. */
final class Run {

    private static final int TIMEOUT_SECONDS = 20;
    private static final int BYTES_AT_ONCE = 64 * 1024;
    private static final double NANOS = 1e9;

    private final Load load;
    private final EventLoop loop;
    private final Workload workload;
    private final Meter meter;
    private final List<Connection> connections = new ArrayList<>();
    private final CompletableFuture<LoadResult> done = new CompletableFuture<>();
    private boolean sending = true;

    Run(Load load, EventLoop loop, long seed) {
        this.load = load;
        this.loop = loop;
        this.workload = new Workload(load.operation(), load.valueBytes(), seed);
        this.meter = new Meter(load.pids());
    }

    /** Waits for the end; an exception if one reply was not what it must be, or is missing. */
    LoadResult run(Bootstrap client) throws Exception {
        List<Channel> channels = new ArrayList<>();
        try {
            for (int i = 0; i < load.connections(); i++) {
                channels.add(connect(client));
            }
            loop.execute(this::begin);
            long patience = (long) (load.warmUpSeconds() + load.seconds()) + TIMEOUT_SECONDS;
            return done.get(patience, TimeUnit.SECONDS);
        } finally {
            // Whoever comes from now on cannot fail what is over.
            done.cancel(false);
            for (Channel channel : channels) {
                channel.close().syncUninterruptibly();
            }
        }
    }

    private Channel connect(Bootstrap client) {
        Connection connection = new Connection(workload, meter, done::completeExceptionally);
        connections.add(connection);
        return client.clone()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BYTES_AT_ONCE))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(load.host(), load.port())
                .syncUninterruptibly()
                .channel();
    }

    private void begin() {
        if (load.closed()) {
            connections.forEach(this::next);
        } else {
            new Pacer(loop, connections, load.ratePerSecond(), () -> sending).begin();
        }
        after(load.warmUpSeconds(), meter::begin);
        after(load.warmUpSeconds() + load.seconds(), this::end);
    }

    private void next(Connection connection) {
        connection.onAllAnswered(() -> {
            if (sending) {
                connection.send(load.pipeline(), System.nanoTime());
            }
        });
        connection.send(load.pipeline(), System.nanoTime());
    }

    /**
     * The next load should find nothing of this one: replies on their way are waited for. Those of an open loop count: what
     * is late must not be forgotten because the time is over.
     */
    private void end() {
        sending = false;
        if (load.closed()) {
            LoadResult result = meter.end();
            whenNothingIsOutstanding(() -> done.complete(result));
        } else {
            whenNothingIsOutstanding(() -> done.complete(meter.end()));
        }
    }

    private void whenNothingIsOutstanding(Runnable then) {
        if (connections.stream().allMatch(connection -> connection.outstanding() == 0)) {
            then.run();
        } else {
            loop.schedule(() -> whenNothingIsOutstanding(then), 1, TimeUnit.MILLISECONDS);
        }
    }

    private void after(double seconds, Runnable task) {
        loop.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                (long) (seconds * NANOS),
                TimeUnit.NANOSECONDS);
    }
}
