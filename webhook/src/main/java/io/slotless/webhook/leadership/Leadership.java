package io.slotless.webhook.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectorBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One election for all tasks, by a Lease; whoever loses it stands again. */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final long PATIENCE_SECONDS = 5;

    private final KubernetesClient client;
    private final LeaseLock lease;
    private final ElectionTimes times;
    private final LeaderTasks tasks;
    private final ExecutorService election = thread("slotless-election");
    private final ExecutorService work = thread("slotless-leader");
    private volatile boolean leading;
    private boolean closed;
    private @Nullable CompletableFuture<?> standing;

    /**
     * @param lease its identity must differ in each process, even of one pod
     * @param tasks what the leader does
     */
    public Leadership(KubernetesClient client, LeaseLock lease, ElectionTimes times, List<LeaderTask> tasks) {
        this.client = client;
        this.lease = lease;
        this.times = times;
        this.tasks = new LeaderTasks(tasks);
    }

    /** Stands for election and returns at once; tries again for as long as the API server cannot be reached. */
    public synchronized void start() {
        if (closed) {
            return;
        }
        // An elector can be used but once, and ends when it has lost.
        CompletableFuture<?> term = elector().start();
        standing = term;
        term.whenComplete((nothing, failure) -> {
            if (!term.isCancelled()) {
                LOG.infof("stands for election again: lease=%s failure=%s", lease.describe(), failure);
                start();
            }
        });
    }

    /** Whether this replica leads, as far as it knows. */
    public boolean isLeading() {
        return leading;
    }

    /** Ends all tasks, then gives the lease back, so that another replica need not wait until it has run out. */
    @Override
    public void close() {
        CompletableFuture<?> term;
        synchronized (this) {
            closed = true;
            term = standing;
        }
        lost();
        work.shutdown();
        try {
            if (!work.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warnf("leader tasks do not stop: waited=%ds", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (term != null) {
            term.cancel(true);
        }
        election.shutdown();
    }

    private LeaderElector elector() {
        return new LeaderElectorBuilder(client, election)
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(lease.describe())
                        .withLock(lease)
                        .withLeaseDuration(times.lease())
                        .withRenewDeadline(times.renewDeadline())
                        .withRetryPeriod(times.retry())
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                this::won,
                                this::lost,
                                leader -> LOG.infof("leader=%s self=%s", leader, lease.identity())))
                        .build())
                .build();
    }

    private void won() {
        leading = true;
        run(tasks::start);
    }

    private void lost() {
        leading = false;
        run(tasks::stop);
    }

    /** After the end there is nothing left to start or to stop. */
    private void run(Runnable step) {
        if (!work.isShutdown()) {
            work.execute(step);
        }
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
