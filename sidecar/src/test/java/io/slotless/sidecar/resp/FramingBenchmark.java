package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Where a command ends and where its arguments are; where a reply ends. One operation is one command or one reply. */
@State(Scope.Thread)
public class FramingBenchmark {

    private static final int PIPELINED = 16;
    private static final String VALUE = "v".repeat(64);

    private final RequestDecoder requests = new RequestDecoder(RespLimits.DEFAULT);
    private final ReplyDecoder replies = new ReplyDecoder();
    private final ByteBuf get = commands("GET", "key:000000012345");
    private final ByteBuf set = commands("SET", "key:000000012345", VALUE);
    private final ByteBuf mget =
            commands("MGET", "key:1", "key:2", "key:3", "key:4", "key:5", "key:6", "key:7", "key:8", "key:9", "key:10");
    private final ByteBuf ok = bytes("+OK\r\n".repeat(PIPELINED));
    private final ByteBuf value = bytes(("$64\r\n" + VALUE + "\r\n").repeat(PIPELINED));
    private final ByteBuf array = bytes(("*10\r\n" + ("$64\r\n" + VALUE + "\r\n").repeat(10)).repeat(PIPELINED));

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public int get() {
        return frameCommands(get);
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public int set() {
        return frameCommands(set);
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public int mgetOfTenKeys() {
        return frameCommands(mget);
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public int replyOk() {
        return frameReplies(ok);
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public int replyOf64Bytes() {
        return frameReplies(value);
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public int replyOfTenElements() {
        return frameReplies(array);
    }

    private int frameCommands(ByteBuf bytes) {
        bytes.readerIndex(0);
        int arguments = 0;
        while (requests.decode(bytes) == RequestDecoder.Step.COMMAND) {
            arguments += requests.frame().argumentCount();
        }
        return arguments;
    }

    private int frameReplies(ByteBuf bytes) {
        int at = 0;
        int whole = 0;
        while (at < bytes.writerIndex()) {
            at = replies.scan(bytes, at, bytes.writerIndex());
            whole += replies.complete() ? 1 : 0;
        }
        return whole;
    }

    private static ByteBuf commands(String... words) {
        CommandFrame command = CommandFrame.of(words);
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < PIPELINED; i++) {
            bytes.writeBytes(command.buffer(), command.offset(), command.length());
        }
        return bytes;
    }

    private static ByteBuf bytes(String text) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        bytes.writeCharSequence(text, StandardCharsets.US_ASCII);
        return bytes;
    }
}
