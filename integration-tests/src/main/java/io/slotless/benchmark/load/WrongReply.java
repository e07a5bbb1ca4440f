package io.slotless.benchmark.load;

/** A reply that is not the one which the command must have: nothing of the load counts. */
final class WrongReply extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongReply(String message) {
        super(message);
    }
}
