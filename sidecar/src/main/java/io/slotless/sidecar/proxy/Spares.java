package io.slotless.sidecar.proxy;

/**
 * What carried commands of one backend and has done its work, for the next ones. Used on the backend's event loop only.
 *
 * @param forwards of plain commands
 * @param splits of commands over several slots
 */
record Spares(StraightForward.Pool forwards, SplitCommand.Pool splits) {

    /** None yet. */
    static Spares none() {
        return new Spares(new StraightForward.Pool(), new SplitCommand.Pool());
    }
}
