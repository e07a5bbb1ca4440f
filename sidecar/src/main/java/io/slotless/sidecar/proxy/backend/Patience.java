package io.slotless.sidecar.proxy.backend;

/** How long to go on without success: the destination's operation timeout, from the first failure in a row on. */
public final class Patience {

    private final Backend backend;
    private boolean running;
    private long deadline;

    public Patience(Backend backend) {
        this.backend = backend;
    }

    /** To be asked after each failure. */
    public boolean isOver() {
        if (!running) {
            running = true;
            deadline = backend.deadline();
        }
        return backend.isOver(deadline);
    }

    /** Something has worked. */
    public void renew() {
        running = false;
    }
}
