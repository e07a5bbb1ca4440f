package io.slotless.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.command.KeyFinder;
import io.slotless.sidecar.command.KeyPositions;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A command on its way makes no garbage: framing, look-up, keys and slot go without a single object. */
class AllocationTest {

    private static final int ROUNDS = 10_000;

    private final RequestDecoder requests = new RequestDecoder(RespLimits.DEFAULT);
    private final ReplyDecoder replies = new ReplyDecoder();
    private final CommandTable table = CommandTable.builtIn();
    private final KeyFinder finder = new KeyFinder();
    private final KeyPositions keys = new KeyPositions();
    private int slots;

    @Test
    void commandsAreUnderstoodWithoutGarbage() {
        ByteBuf bytes = Unpooled.buffer();
        for (String[] words : new String[][] {
            {"GET", "some:key"},
            {"SET", "{tag}some:key", "value", "EX", "10"},
            {"MGET", "a", "b", "c"},
            {"EVALSHA", "0123456789", "2", "a", "b", "c"},
            {"XREAD", "COUNT", "5", "STREAMS", "s", "0"},
            {"SORT", "k", "BY", "w_*", "STORE", "d"},
            {"CLIENT", "SETNAME", "me"},
            {"PING"}
        }) {
            bytes.writeBytes(CommandFrame.of(words).buffer());
        }
        assertThat(allocatedBy(() -> understand(bytes))).isLessThan(8L * ROUNDS);
        assertThat(slots).isPositive();
    }

    @Test
    void repliesAreFramedWithoutGarbage() {
        ByteBuf bytes = Unpooled.copiedBuffer(
                "+OK\r\n:1\r\n$5\r\nhello\r\n*2\r\n$1\r\na\r\n*1\r\n:1\r\n-ERR x\r\n%1\r\n+a\r\n,1.5\r\n",
                StandardCharsets.US_ASCII);
        assertThat(allocatedBy(() -> frame(bytes))).isLessThan(8L * ROUNDS);
    }

    private void understand(ByteBuf bytes) {
        bytes.readerIndex(0);
        while (requests.decode(bytes) == RequestDecoder.Step.COMMAND) {
            CommandFrame frame = requests.frame();
            Command command = table.find(frame);
            if (finder.find(command, frame, keys) == KeyFinder.Result.FOUND) {
                for (int i = 0; i < keys.count(); i++) {
                    int argument = keys.argument(i);
                    slots += SlotHash.slot(bytes, frame.argumentOffset(argument), frame.argumentLength(argument));
                }
            }
        }
    }

    private void frame(ByteBuf bytes) {
        int at = 0;
        while (at < bytes.writerIndex()) {
            at = replies.scan(bytes, at, bytes.writerIndex());
        }
    }

    /** Bytes; a little goes to the virtual machine itself: hence a bound that no object in each round could keep, and not zero. */
    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        work.run();
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
        return threads.getThreadAllocatedBytes(id) - before;
    }
}
