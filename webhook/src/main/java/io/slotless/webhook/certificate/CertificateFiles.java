package io.slotless.webhook.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A certificate that somebody else brings and renews, as two PEM files, looked at again and again. */
public final class CertificateFiles implements CertificateSource {

    private static final Logger LOG = Logger.getLogger(CertificateFiles.class);

    private final Path certificate;
    private final Path key;
    private final Duration period;
    private final ServingKey serving;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slotless-certificate-files");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable String failure;

    /**
     * @param period how often they are looked at
     * @param serving gets what they hold
     */
    public CertificateFiles(Path certificate, Path key, Duration period, ServingKey serving) {
        this.certificate = certificate;
        this.key = key;
        this.period = period;
        this.serving = serving;
    }

    /** Reads the files before it returns. */
    @Override
    public void start() {
        read();
        timer.scheduleWithFixedDelay(this::read, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What cannot be read leaves the last good one in place. */
    private synchronized void read() {
        try {
            Credential credential = Credential.of(Files.readString(certificate), Files.readString(key));
            failure = null;
            if (!serving.current().equals(Optional.of(credential))) {
                serving.serve(credential);
                LOG.infof("certificate read: file=%s notAfter=%s", certificate, credential.notAfter());
            }
        } catch (IOException | InvalidCertificateException e) {
            // The same complaint once, not at every look.
            if (!e.toString().equals(failure)) {
                failure = e.toString();
                LOG.warnf("certificate cannot be read: certificate=%s key=%s failure=%s", certificate, key, e);
            }
        }
    }

    @Override
    public Optional<Instant> authorityNotAfter() {
        return Optional.empty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
