package io.slotless.sidecar.proxy;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what passes one client's connection for its destination, and remembers the last of it. */
final class ClientTraffic {

    private final TrafficCounter counter;
    private final BatchedWriter out;
    private final Supplier<@Nullable Command> last;
    private long reported;
    private long receivedAt = System.nanoTime();
    private @Nullable Command lastCommand;

    /** @param last the command that was routed last */
    ClientTraffic(TrafficCounter counter, BatchedWriter out, Supplier<@Nullable Command> last) {
        this.counter = counter;
        this.out = out;
        this.last = last;
    }

    void received(int bytes) {
        counter.requestBytes(bytes);
        receivedAt = System.nanoTime();
    }

    /** So many commands were taken, and whatever was written since the last call. */
    void handed(long commands) {
        counter.commands(commands);
        counter.replyBytes(out.written() - reported);
        reported = out.written();
        if (commands > 0) {
            lastCommand = last.get();
        }
    }

    /** Since the client last sent anything. */
    long idleSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - receivedAt);
    }

    /** The last command that was taken, by its name in the command table; empty when it is not known. */
    String lastCommand() {
        return lastCommand == null ? "" : lastCommand.name();
    }
}
