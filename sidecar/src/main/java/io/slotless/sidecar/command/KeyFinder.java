package io.slotless.sidecar.command;

import io.slotless.sidecar.resp.CommandFrame;

/**
 * Finds the keys of a command, and the channels of sharded pub/sub, which are routed like keys. Without state and without
 * garbage.
 */
public final class KeyFinder {

    /** What {@link #find} came to. */
    public enum Result {
        FOUND,
        /** The command has none, or not this time. */
        NONE,
        /**
         * A count of keys that is no number or larger than the command, a wrong number of arguments and the like: any server
         * answers it with the right error, wherever its keys would be.
         */
        INVALID
    }

    /**
     * Finds the keys of one command.
     *
     * @param out is cleared, then filled in the order of the key specifications; empty unless FOUND
     */
    public Result find(Command command, CommandFrame frame, KeyPositions out) {
        out.clear();
        if (!command.arityFits(frame.argumentCount())) {
            return Result.INVALID;
        }
        if (!command.keyStrategy().find(command, frame, out)) {
            out.clear();
            return Result.INVALID;
        }
        return out.count() == 0 ? Result.NONE : Result.FOUND;
    }
}
