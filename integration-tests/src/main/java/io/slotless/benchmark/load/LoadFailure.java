package io.slotless.benchmark.load;

/** A load that came to nothing: of all replies one was not what it must be, or none came. */
public final class LoadFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    LoadFailure(String message) {
        super(message);
    }
}
