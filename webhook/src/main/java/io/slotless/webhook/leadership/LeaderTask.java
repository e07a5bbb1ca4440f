package io.slotless.webhook.leadership;

/**
 * What only one replica does. Called on one thread, which all tasks share: must not block. For moments two replicas may
 * both believe to lead, so what a task writes must bear that, by preconditions on what it has read.
 */
public interface LeaderTask {

    /** Nothing to do. */
    LeaderTask NONE = new LeaderTask() {
        @Override
        public void start() {}

        @Override
        public void stop() {}
    };

    /** This replica leads from now on; may be called again after {@link #stop}. */
    void start();

    /** This replica leads no more. */
    void stop();
}
