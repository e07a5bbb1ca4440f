package io.slotless.sidecar.resp;

/**
 * What a peer may announce before it is taken for broken.
 *
 * @param maxArguments elements of one command
 * @param maxBulkLength bytes of one argument of a command; Redis's {@code proto-max-bulk-len}
 * @param maxInlineLength bytes of an inline command, and of a line that announces a length; Redis's {@code PROTO_INLINE_MAX_SIZE}
 * @param maxDepth aggregates within aggregates that are turned into objects
 */
public record RespLimits(int maxArguments, int maxBulkLength, int maxInlineLength, int maxDepth) {

    /** Redis's own defaults. */
    public static final RespLimits DEFAULT = new RespLimits(1024 * 1024, 512 * 1024 * 1024, 64 * 1024, 128);
}
