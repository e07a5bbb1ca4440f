package io.slotless.webhook.certificate.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.webhook.certificate.Credential;
import io.slotless.webhook.certificate.Pem;
import io.slotless.webhook.certificate.authority.Situation.Rotation;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Terms TERMS = new Terms(Duration.ofDays(3000), Duration.ofDays(90), Duration.ofMinutes(1));
    private static final List<String> NAMES = List.of("webhook.system.svc", "127.0.0.1", "::1");

    private final Lifecycle lifecycle = lifecycle(TERMS, NAMES);
    private Certificates certificates = lifecycle.begin(START);
    private Optional<Instant> trustedSince = Optional.of(START);

    @Test
    void freshOnesRestUntilTheLeafIsDue() throws Exception {
        Step step = at(START);

        assertThat(step).isInstanceOfSatisfying(Step.Wait.class, wait -> assertThat(wait.until())
                .isBetween(START.plus(Duration.ofDays(59)), START.plus(Duration.ofDays(60))));
        assertTrustedBy(certificates.bundle(), certificates.leaf(), START);
        assertThat(certificates.leaf().certificate().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("webhook.system.svc", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(certificates.leaf().certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(certificates.authority().certificate().getBasicConstraints()).isZero();
    }

    @Test
    void leafIsRenewedByTheSameAuthorityWhenTwoThirdsAreOver() throws Exception {
        Credential before = certificates.leaf();
        assertThat(at(START.plus(Duration.ofDays(59)))).isInstanceOf(Step.Wait.class);

        Instant due = START.plus(Duration.ofDays(60));
        assertThat(at(due)).isEqualTo(new Step.RenewLeaf("due"));
        apply(due);

        assertThat(certificates.leaf()).isNotEqualTo(before);
        assertTrustedBy(Pem.text(certificates.authority().certificate()), certificates.leaf(), due);
        assertThat(at(due)).isInstanceOf(Step.Wait.class);
    }

    @Test
    void newAuthorityIssuesNothingUntilItHasBeenTrustedForThePause() throws Exception {
        Instant due = START.plus(Duration.ofDays(2000));
        freshLeaf(due);
        Credential old = certificates.authority();
        Credential leaf = certificates.leaf();
        String oldBundle = certificates.bundle();
        assertThat(at(due)).isEqualTo(new Step.PrepareAuthority("due"));
        apply(due);
        assertThat(certificates.authority()).isEqualTo(old);
        assertThat(certificates.leaf()).isEqualTo(leaf);
        assertThat(certificates.bundle()).startsWith(oldBundle).isNotEqualTo(oldBundle);

        trustedSince = Optional.empty();
        assertThat(at(due.plus(Duration.ofDays(1)))).as("not trusted yet").isInstanceOf(Step.Wait.class);
        trustedSince = Optional.of(due);
        assertThat(at(due.plusSeconds(59))).isEqualTo(new Step.Wait(due.plusSeconds(60)));
        assertThat(at(due.plusSeconds(60))).isEqualTo(new Step.Promote());
    }

    @Test
    void atEachMomentWhatIsServedIsTrustedByTheBundleBeforeAndAfter() throws Exception {
        Instant now = START.plus(Duration.ofDays(2000));
        freshLeaf(now);
        Credential oldLeaf = certificates.leaf();
        String before = certificates.bundle();
        apply(now);
        String prepared = certificates.bundle();
        assertTrustedBy(before, certificates.leaf(), now);
        assertTrustedBy(prepared, certificates.leaf(), now);

        now = now.plus(TERMS.pause());
        trustedSince = Optional.of(now.minus(TERMS.pause()));
        assertThat(at(now)).isEqualTo(new Step.Promote());
        apply(now);

        assertTrustedBy(prepared, certificates.leaf(), now);
        assertTrustedBy(certificates.bundle(), certificates.leaf(), now);
        assertTrustedBy(certificates.bundle(), oldLeaf, now);
        assertThat(certificates.retired()).singleElement().satisfies(retired -> assertThat(retired.until())
                .isEqualTo(oldLeaf.notAfter()));
    }

    @Test
    void retiredAuthorityIsForgottenWhenItsLastLeafHasEnded() {
        rotate(START.plus(Duration.ofDays(10)));
        Instant end = certificates.retired().get(0).until();

        freshLeaf(end.minusSeconds(1));
        assertThat(at(end.minusSeconds(1))).isEqualTo(new Step.Wait(end));
        assertThat(at(end)).isEqualTo(new Step.Forget());
        apply(end);

        assertThat(certificates.retired()).isEmpty();
        assertThat(certificates.bundle())
                .isEqualTo(Pem.text(certificates.authority().certificate()));
    }

    @Test
    void requestRotatesAtAnyTimeAndOnlyOnce() {
        Step step = lifecycle.next(new Situation(certificates, trustedSince, Rotation.REQUESTED, START));
        assertThat(step).isEqualTo(new Step.PrepareAuthority("requested"));
        certificates = lifecycle.apply(step, certificates, START);

        trustedSince = Optional.of(START);
        assertThat(lifecycle.next(new Situation(certificates, trustedSince, Rotation.REQUESTED, START.plusSeconds(1))))
                .isInstanceOf(Step.Wait.class);
    }

    @Test
    void twoRotationsKeepBothOldAuthoritiesTrusted() throws Exception {
        Credential first = certificates.leaf();
        rotate(START.plus(Duration.ofDays(1)));
        Credential second = certificates.leaf();
        rotate(START.plus(Duration.ofDays(2)));

        assertThat(certificates.retired()).hasSize(2);
        for (Credential leaf : List.of(first, second, certificates.leaf())) {
            assertTrustedBy(certificates.bundle(), leaf, START.plus(Duration.ofDays(2)));
        }
    }

    @Test
    void leafIsRenewedWhileTheNextAuthorityWaitsToBeTrusted() {
        apply(new Step.PrepareAuthority("requested"), START);
        trustedSince = Optional.empty();

        Instant due = START.plus(Duration.ofDays(60));
        assertThat(at(due)).isEqualTo(new Step.RenewLeaf("due"));
    }

    @Test
    void afterALongSleepEverythingBeginsAnew() {
        Instant late = START.plus(Duration.ofDays(3001));
        assertThat(at(late)).isEqualTo(new Step.Begin("authority expired"));
        apply(late);

        assertThat(certificates.retired()).isEmpty();
        assertThat(certificates.leaf().isGoodAt(late)).isTrue();
        assertThat(at(late)).isInstanceOf(Step.Wait.class);
    }

    @Test
    void leafThatEndsWithItsAuthorityIsNotRenewedOverAndOver() {
        Instant late = certificates.authority().notAfter().minus(Duration.ofDays(1));
        apply(new Step.PrepareAuthority("due"), START);
        apply(new Step.RenewLeaf("due"), late);
        trustedSince = Optional.empty();

        assertThat(certificates.leaf().notAfter())
                .isEqualTo(certificates.authority().notAfter());
        assertThat(at(late.plus(Duration.ofHours(23)))).isInstanceOf(Step.Wait.class);
    }

    @Test
    void otherNamesMakeAnotherLeaf() {
        Lifecycle other = lifecycle(TERMS, List.of("renamed.system.svc"));

        Step step = other.next(new Situation(certificates, trustedSince, Rotation.NOT_REQUESTED, START));

        assertThat(step).isInstanceOf(Step.RenewLeaf.class);
        certificates = other.apply(step, certificates, START);
        assertThat(other.next(new Situation(certificates, trustedSince, Rotation.NOT_REQUESTED, START)))
                .isInstanceOf(Step.Wait.class);
    }

    @Test
    void leafOfAnotherAuthorityIsReplaced() {
        Certificates others = lifecycle.begin(START);
        certificates = new Certificates(certificates.authority(), Optional.empty(), List.of(), others.leaf());

        assertThat(at(START)).isInstanceOf(Step.RenewLeaf.class);
    }

    @Test
    void termsThatCannotWorkAreRefused() {
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> new Terms(day, day.multipliedBy(2), Duration.ZERO))
                .hasMessageContaining("no longer than its CA");
        assertThatThrownBy(() -> new Terms(day, day, day.dividedBy(3))).hasMessageContaining("third");
    }

    private Step at(Instant now) {
        return lifecycle.next(new Situation(certificates, trustedSince, Rotation.NOT_REQUESTED, now));
    }

    private void apply(Instant now) {
        apply(at(now), now);
    }

    private void apply(Step step, Instant now) {
        certificates = lifecycle.apply(step, certificates, now);
    }

    private void freshLeaf(Instant now) {
        apply(new Step.RenewLeaf("due"), now);
    }

    private void rotate(Instant now) {
        apply(new Step.PrepareAuthority("requested"), now);
        apply(new Step.Promote(), now);
    }

    private static Lifecycle lifecycle(Terms terms, List<String> names) {
        return new Lifecycle(terms, new Issuer(terms, "webhook", names));
    }

    /** As an API server does it. */
    private static void assertTrustedBy(String bundle, Credential leaf, Instant now) throws Exception {
        Set<TrustAnchor> anchors = Pem.certificates(bundle).stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toSet());
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        List<X509Certificate> chain = leaf.chain();
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
    }
}
