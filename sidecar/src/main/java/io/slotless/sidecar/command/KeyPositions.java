package io.slotless.sidecar.command;

import java.util.Arrays;

/** Which arguments of a command are keys. Made once and used for one command after the other; not thread-safe. */
public final class KeyPositions {

    private static final int USUAL_KEYS = 8;
    /** Above this many keys the room for them is given back with the next command. */
    private static final int KEPT_KEYS = 4096;

    private int[] arguments = new int[USUAL_KEYS];
    private int count;

    public int count() {
        return count;
    }

    /** Index of the argument that is key i. */
    public int argument(int i) {
        return arguments[i];
    }

    void clear() {
        count = 0;
        if (arguments.length > KEPT_KEYS) {
            arguments = new int[USUAL_KEYS];
        }
    }

    void add(int argument) {
        if (count == arguments.length) {
            arguments = Arrays.copyOf(arguments, 2 * count);
        }
        arguments[count++] = argument;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(arguments, count));
    }
}
