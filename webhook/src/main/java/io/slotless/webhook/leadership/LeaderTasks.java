package io.slotless.webhook.leadership;

import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Starts and stops all tasks, each exactly once; a task that fails does not keep the others from it. One thread. */
final class LeaderTasks {

    private static final Logger LOG = Logger.getLogger(LeaderTasks.class);

    private final List<LeaderTask> tasks;
    private boolean started;

    LeaderTasks(List<LeaderTask> tasks) {
        this.tasks = List.copyOf(tasks);
    }

    void start() {
        if (!started) {
            started = true;
            each("start", LeaderTask::start);
        }
    }

    void stop() {
        if (started) {
            started = false;
            each("stop", LeaderTask::stop);
        }
    }

    private void each(String what, Consumer<LeaderTask> call) {
        for (LeaderTask task : tasks) {
            try {
                call.accept(task);
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "leader task failed: task=%s call=%s",
                        task.getClass().getSimpleName(),
                        what);
            }
        }
    }
}
