package io.slotless.webhook.certificate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Issuer;
import io.slotless.webhook.certificate.authority.Lifecycle;
import io.slotless.webhook.certificate.authority.Step;
import io.slotless.webhook.certificate.authority.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateReconcilerTest {

    private static final Terms TERMS = new Terms(Duration.ofDays(900), Duration.ofDays(90), Duration.ofMinutes(1));

    private final MemoryStore store = new MemoryStore();
    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CertificateReconciler leader = reconciler();

    @Test
    void firstLookMakesTheSecretAndMakesItTrusted() {
        store.apply("pods.slotless.io", "namespaces.slotless.io", "pods.example.com");

        leader.reconcile();

        assertThat(store.bundles())
                .containsEntry("pods.slotless.io", bundle())
                .containsEntry("namespaces.slotless.io", bundle())
                .containsEntry("pods.example.com", "");
        assertThat(told).containsExactly("Begin[reason=no Secret]", "patched");
    }

    @Test
    void nothingIsWrittenWhenNothingIsWrong() {
        store.apply("pods.slotless.io");
        leader.reconcile();
        int writes = store.writes();

        Instant until = leader.reconcile();

        assertThat(store.writes()).isEqualTo(writes);
        assertThat(until).isAfter(now.plus(Duration.ofDays(59)));
    }

    @Test
    void bundleIsPutRightHoweverItWasLost() {
        store.apply("pods.slotless.io");
        leader.reconcile();

        store.apply("pods.slotless.io");
        leader.reconcile();
        assertThat(store.bundles()).containsEntry("pods.slotless.io", bundle());

        store.remove();
        leader.reconcile();
        store.apply("pods.slotless.io", "more.slotless.io");
        leader.reconcile();
        assertThat(store.bundles()).containsEntry("more.slotless.io", bundle());
    }

    @Test
    void requestedRotationWaitsUntilTheBundleHasBeenStoredForThePause() {
        store.apply("pods.slotless.io");
        leader.reconcile();
        String leaf = store.data("tls.crt");
        store.annotate(CertificateReconciler.ROTATE, "please");

        assertThat(leader.reconcile()).isEqualTo(now.plus(TERMS.pause()));
        assertThat(store.data("tls.crt")).isEqualTo(leaf);
        assertThat(store.bundles()).containsEntry("pods.slotless.io", bundle());

        now = now.plusSeconds(59);
        leader.reconcile();
        assertThat(store.data("tls.crt")).isEqualTo(leaf);

        now = now.plusSeconds(1);
        leader.reconcile();
        assertThat(store.data("tls.crt")).isNotEqualTo(leaf);
        assertThat(store.bundles()).containsEntry("pods.slotless.io", bundle());
        assertThat(store.annotations()).doesNotContainKey(CertificateReconciler.ROTATE);
        assertThat(told).contains("PrepareAuthority[reason=requested]", "Promote[]");
    }

    @Test
    void pauseBeginsAnewWhenTheBundleWasLostMeanwhile() {
        store.apply("pods.slotless.io");
        leader.reconcile();
        store.annotate(CertificateReconciler.ROTATE, "please");
        leader.reconcile();

        now = now.plusSeconds(50);
        store.apply("pods.slotless.io");
        leader.reconcile();
        now = now.plusSeconds(50);

        assertThat(leader.reconcile()).isEqualTo(now.plusSeconds(10));
        assertThat(told).doesNotContain("Promote[]");
    }

    @Test
    void withoutAConfigurationNoNewAuthorityIsUsed() {
        leader.reconcile();
        store.annotate(CertificateReconciler.ROTATE, "please");
        leader.reconcile();

        now = now.plus(Duration.ofHours(1));
        leader.reconcile();

        assertThat(told).contains("PrepareAuthority[reason=requested]").doesNotContain("Promote[]");
    }

    @Test
    void anotherLeaderWaitsForThePauseAgain() {
        store.apply("pods.slotless.io");
        leader.reconcile();
        store.annotate(CertificateReconciler.ROTATE, "please");
        leader.reconcile();
        now = now.plusSeconds(59);

        assertThat(reconciler().reconcile()).isEqualTo(now.plus(TERMS.pause()));

        leader.forget();
        assertThat(leader.reconcile()).isEqualTo(now.plus(TERMS.pause()));
    }

    @Test
    void deletedSecretIsReplacedByAnotherAuthorityAtOnce() {
        store.apply("pods.slotless.io");
        leader.reconcile();
        String before = bundle();

        store.deleteSecret();
        leader.reconcile();

        assertThat(store.bundles()).containsEntry("pods.slotless.io", bundle()).doesNotContainValue(before);
    }

    @Test
    void damagedSecretIsToldAndReplaced() {
        store.apply("pods.slotless.io");
        leader.reconcile();

        store.damage("ca.key");
        leader.reconcile();

        assertThat(told).contains("invalid ca.crt, ca.key: no private key", "Begin[reason=Secret invalid]");
        assertThat(store.bundles()).containsEntry("pods.slotless.io", bundle());
    }

    @Test
    void lateLeaderDoesNotUndoWhatAnotherHasDone() {
        store.apply("pods.slotless.io");
        leader.reconcile();
        CertificateReconciler other = reconciler();

        // What the late one has read is old by the time it writes.
        store.beforeNextWrite(() -> {
            store.annotate(CertificateReconciler.ROTATE, "please");
            other.reconcile();
        });
        store.annotate(CertificateReconciler.ROTATE, "please");
        assertThatThrownBy(leader::reconcile)
                .isInstanceOfSatisfying(KubernetesClientException.class, conflict -> assertThat(conflict.getCode())
                        .isEqualTo(409));
        String bundle = bundle();

        leader.reconcile();

        assertThat(bundle()).isEqualTo(bundle);
        assertThat(store.bundles()).containsEntry("pods.slotless.io", bundle);
        assertThat(told)
                .filteredOn("PrepareAuthority[reason=requested]"::equals)
                .hasSize(1);
    }

    private String bundle() {
        return store.stored().bundle();
    }

    private CertificateReconciler reconciler() {
        return new CertificateReconciler(
                store,
                new Lifecycle(TERMS, new Issuer(TERMS, "webhook", List.of("webhook.system.svc"))),
                new CertificateListener() {
                    @Override
                    public void done(Step step, Certificates after, Secret secret) {
                        told.add(step.toString());
                    }

                    @Override
                    public void invalid(Secret secret, String why) {
                        told.add("invalid " + why);
                    }

                    @Override
                    public void bundlePatched(String configuration) {
                        told.add("patched");
                    }
                },
                () -> now);
    }
}
