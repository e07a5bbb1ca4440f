package io.slotless.webhook.certificate.cluster;

import io.slotless.webhook.certificate.CertificateSource;
import io.slotless.webhook.leadership.LeaderTask;
import java.time.Instant;
import java.util.Optional;

/** A CA of our own: every replica follows its Secret, the leader keeps it. */
public final class SelfManagedSource implements CertificateSource {

    private final CertificateWatch watch;
    private final CertificateKeeper keeper;

    public SelfManagedSource(CertificateWatch watch, CertificateKeeper keeper) {
        this.watch = watch;
        this.keeper = keeper;
    }

    @Override
    public void start() {
        watch.start();
    }

    /** The leader's part. */
    public LeaderTask keeper() {
        return keeper;
    }

    @Override
    public Optional<Instant> authorityNotAfter() {
        return watch.latest().map(certificates -> certificates.authority().notAfter());
    }

    @Override
    public void close() {
        keeper.close();
        watch.close();
    }
}
