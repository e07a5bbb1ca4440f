package io.slotless.sidecar.resp;

/** What a command takes of memory until it was sent: more than its bytes, if it has very many arguments. */
final class CommandWeight {

    /** Up to so many arguments take next to nothing beside their bytes. */
    static final int FEW_ARGUMENTS = 1024;

    /** What becomes of each one more until the command has gone on: its position, its key's slot and part. */
    private static final int EACH_FURTHER = 128;
    /** Up to so long, arguments of a command that is split are copied on their way. */
    private static final int COPIED_LENGTH = 4096;

    private CommandWeight() {}

    /** In bytes. */
    static long of(long bytes, long arguments) {
        if (arguments <= FEW_ARGUMENTS) {
            return bytes;
        }
        long average = bytes / arguments;
        long each = average <= COPIED_LENGTH ? Math.max(average, EACH_FURTHER) : EACH_FURTHER;
        return bytes + (arguments - FEW_ARGUMENTS) * each;
    }

    /** As many arguments as can at most be within so many bytes. */
    static long mostArguments(long bytes) {
        return FEW_ARGUMENTS + bytes / EACH_FURTHER;
    }
}
