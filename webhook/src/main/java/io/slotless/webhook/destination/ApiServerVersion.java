package io.slotless.webhook.destination;

import io.fabric8.kubernetes.client.VersionInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the API server can do, by its version; asked once, as often as it takes. */
public final class ApiServerVersion {

    private static final Logger LOG = Logger.getLogger(ApiServerVersion.class);
    /** The first with native sidecars on by default (kubernetes.io/docs/concepts/workloads/pods/sidecar-containers). */
    private static final int NATIVE_SIDECARS_SINCE_MINOR = 29;

    private final Supplier<@Nullable VersionInfo> question;
    private final Duration retry;
    private volatile @Nullable Boolean nativeSidecars;

    /**
     * @param question asks the API server; may block and throw
     * @param retry the pause before it is asked again
     */
    public ApiServerVersion(Supplier<@Nullable VersionInfo> question, Duration retry) {
        this.question = question;
        this.retry = retry;
    }

    void ask() {
        askOn(CompletableFuture.delayedExecutor(0, TimeUnit.MILLISECONDS));
    }

    private void askOn(Executor executor) {
        CompletableFuture<?> unused = CompletableFuture.supplyAsync(question, executor)
                .whenComplete((version, failure) -> {
                    if (version == null) {
                        LOG.warnf("the API server does not say its version, will ask again: failure=%s", failure);
                        askOn(CompletableFuture.delayedExecutor(retry.toMillis(), TimeUnit.MILLISECONDS));
                    } else {
                        nativeSidecars = hasNativeSidecars(version);
                        LOG.infof(
                                "API server version=%s.%s nativeSidecars=%s",
                                version.getMajor(), version.getMinor(), nativeSidecars);
                    }
                });
    }

    boolean isKnown() {
        return nativeSidecars != null;
    }

    /** As long as nothing is known: what any Kubernetes that is still supported can do. */
    boolean supportsNativeSidecars() {
        return !Boolean.FALSE.equals(nativeSidecars);
    }

    /** Some providers write the minor version as {@code 29+}. */
    private static boolean hasNativeSidecars(VersionInfo version) {
        int major = number(version.getMajor());
        return major > 1 || (major == 1 && number(version.getMinor()) >= NATIVE_SIDECARS_SINCE_MINOR);
    }

    private static int number(@Nullable String text) {
        String digits = text == null ? "" : text.replaceAll("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
