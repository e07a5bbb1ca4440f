package io.slotless.sidecar.resp;

/**
 * What a peer may announce before it is taken for broken.
 *
 * @param maxArguments elements of one command
 * @param maxBulkLength bytes of one argument of a command; Redis's {@code proto-max-bulk-len}
 * @param maxInlineLength bytes of an inline command, and of a line that announces a length; Redis's {@code PROTO_INLINE_MAX_SIZE}
 * @param maxDepth aggregates within aggregates that are turned into objects
 * @param maxCommandLength bytes of a command: it is in memory as a whole before it goes on. What the arguments of one with very
 *     many take beside their bytes is counted, too
 */
public record RespLimits(int maxArguments, int maxBulkLength, int maxInlineLength, int maxDepth, int maxCommandLength) {

    /** Redis's own defaults. */
    public static final RespLimits DEFAULT =
            new RespLimits(1024 * 1024, 512 * 1024 * 1024, 64 * 1024, 128, Integer.MAX_VALUE - 2);

    /**
     * These, and no command larger than three quarters of some memory: the rest is for the others.
     *
     * @param bytes there are for the buffers of all clients
     */
    public RespLimits within(long bytes) {
        return withCommandsUpTo((int) Math.min(maxCommandLength, bytes - bytes / 4));
    }

    /** These, but for {@link #maxCommandLength}. */
    public RespLimits withCommandsUpTo(int bytes) {
        return new RespLimits(maxArguments, maxBulkLength, maxInlineLength, maxDepth, bytes);
    }
}
