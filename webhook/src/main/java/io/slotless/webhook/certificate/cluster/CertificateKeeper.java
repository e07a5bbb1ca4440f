package io.slotless.webhook.certificate.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.slotless.webhook.leadership.LeaderTask;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The leader's work: looks at Secret and webhook configuration when either changes and when something is due. */
public final class CertificateKeeper implements LeaderTask, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CertificateKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(100);
    /** A look that nothing has asked for, in case a watch has missed something; no timer runs longer. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final CertificateReconciler reconciler;
    private final ConfigurationWatch configurations;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "slotless-certificates");
        made.setDaemon(true);
        return made;
    });
    private boolean leading;
    private @Nullable ScheduledFuture<?> timer;

    public CertificateKeeper(
            CertificateReconciler reconciler,
            CertificateWatch secrets,
            ConfigurationWatch configurations,
            InstantSource clock) {
        this.reconciler = reconciler;
        this.configurations = configurations;
        this.clock = clock;
        secrets.onChange(this::look);
        configurations.onChange(this::look);
    }

    @Override
    public void start() {
        thread.execute(() -> {
            leading = true;
            configurations.start();
            reconcile();
        });
    }

    @Override
    public void stop() {
        thread.execute(() -> {
            leading = false;
            configurations.stop();
            reconciler.forget();
            later(null);
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        configurations.stop();
    }

    private void look() {
        if (!thread.isShutdown()) {
            thread.execute(this::reconcile);
        }
    }

    /** On the keeper's thread, as is all that follows. */
    private void reconcile() {
        if (!leading) {
            return;
        }
        try {
            later(Duration.between(clock.instant(), reconciler.reconcile()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                LOG.infof("somebody else was faster, looks again: message=%s", e.getMessage());
                later(AFTER_CONFLICT);
            } else {
                LOG.warnf("certificates cannot be kept, will try again: failure=%s", e.getMessage());
                later(RETRY);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "certificates cannot be kept, will try again");
            later(RETRY);
        }
    }

    private void later(@Nullable Duration delay) {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = delay == null
                ? null
                : thread.schedule(
                        this::reconcile, Math.max(1, min(delay, LONGEST).toMillis()), TimeUnit.MILLISECONDS);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
