package io.slotless.sidecar.command;

import io.slotless.sidecar.resp.CommandFrame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Which command it is, and where its keys are. */
@State(Scope.Thread)
public class KeyFindingBenchmark {

    private final CommandTable table = CommandTable.builtIn();
    private final KeyFinder finder = new KeyFinder();
    private final KeyPositions keys = new KeyPositions();
    private final CommandFrame get = CommandFrame.of("GET", "key:000000012345");
    private final CommandFrame mset = CommandFrame.of("MSET", "a", "1", "b", "2", "c", "3", "d", "4");
    private final CommandFrame eval = CommandFrame.of("EVALSHA", "0123456789", "2", "a", "b", "c");
    private final CommandFrame xread = CommandFrame.of("XREADGROUP", "GROUP", "g", "me", "STREAMS", "a", "b", ">", ">");
    private final CommandFrame subcommand = CommandFrame.of("OBJECT", "ENCODING", "key:000000012345");

    @Benchmark
    public int get() {
        return keys(get);
    }

    @Benchmark
    public int msetOfFourKeys() {
        return keys(mset);
    }

    @Benchmark
    public int numberedKeys() {
        return keys(eval);
    }

    @Benchmark
    public int keysBehindAKeyword() {
        return keys(xread);
    }

    @Benchmark
    public int subcommand() {
        return keys(subcommand);
    }

    private int keys(CommandFrame frame) {
        Command command = table.find(frame);
        finder.find(command, frame, keys);
        return keys.count();
    }
}
