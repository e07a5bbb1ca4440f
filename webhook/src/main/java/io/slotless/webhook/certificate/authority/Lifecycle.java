package io.slotless.webhook.certificate.authority;

import io.slotless.webhook.certificate.Credential;
import io.slotless.webhook.certificate.authority.Situation.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides what to do next: both kinds of certificates are renewed when two thirds of their life are over. */
public final class Lifecycle {

    private final Terms terms;
    private final Issuer issuer;

    public Lifecycle(Terms terms, Issuer issuer) {
        this.terms = terms;
        this.issuer = issuer;
    }

    /** What to do next; after it was done and stored the question is asked again. */
    public Step next(Situation situation) {
        Certificates certificates = situation.certificates();
        Instant now = situation.now();
        if (!certificates.authority().isGoodAt(now)) {
            return certificates.next().filter(next -> next.isGoodAt(now)).isPresent()
                    ? new Step.Promote()
                    : new Step.Begin("authority expired");
        }
        Optional<Instant> usable = situation.trustedSince().map(since -> since.plus(terms.pause()));
        if (certificates.next().isPresent()
                && usable.filter(from -> !now.isBefore(from)).isPresent()) {
            return new Step.Promote();
        }
        if (certificates.next().isEmpty()) {
            if (situation.rotation() == Rotation.REQUESTED) {
                return new Step.PrepareAuthority("requested");
            }
            if (!now.isBefore(renewal(certificates.authority()))) {
                return new Step.PrepareAuthority("due");
            }
        }
        return leaf(certificates, now).orElseGet(() -> rest(certificates, usable, now));
    }

    private Optional<Step> leaf(Certificates certificates, Instant now) {
        Credential leaf = certificates.leaf();
        if (!issuer.issued(leaf, certificates.authority())) {
            return Optional.of(new Step.RenewLeaf("not of this authority or not for these names"));
        }
        // One that ends with its CA would not be better if it were made anew.
        boolean better = leaf.notAfter().isBefore(certificates.authority().notAfter());
        return better && !now.isBefore(renewal(leaf)) ? Optional.of(new Step.RenewLeaf("due")) : Optional.empty();
    }

    private static Step rest(Certificates certificates, Optional<Instant> usable, Instant now) {
        if (certificates.retired().stream().anyMatch(retired -> !now.isBefore(retired.until()))) {
            return new Step.Forget();
        }
        Stream<Instant> authority = certificates.next().isEmpty()
                ? Stream.of(renewal(certificates.authority()))
                : Stream.of(certificates.authority().notAfter());
        Stream<Instant> due = Stream.of(
                        authority,
                        Stream.of(renewal(certificates.leaf())),
                        certificates.next().isPresent() ? usable.stream() : Stream.<Instant>empty(),
                        certificates.retired().stream().map(Retired::until))
                .flatMap(times -> times)
                .filter(time -> time.isAfter(now));
        return new Step.Wait(
                due.min(Instant::compareTo).orElse(certificates.authority().notAfter()));
    }

    /** When two thirds of its life are over. */
    static Instant renewal(Credential credential) {
        Instant from = credential.certificate().getNotBefore().toInstant();
        Duration life = Duration.between(from, credential.notAfter());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    /** Does what was decided. */
    public Certificates apply(Step step, Certificates before, Instant now) {
        if (step instanceof Step.Begin) {
            return begin(now);
        } else if (step instanceof Step.RenewLeaf) {
            return before.withLeaf(issuer.leaf(before.authority(), now));
        } else if (step instanceof Step.PrepareAuthority) {
            return before.withNext(issuer.authority(now));
        } else if (step instanceof Step.Promote) {
            return promote(before, now);
        } else if (step instanceof Step.Forget) {
            return before.withRetired(before.retired().stream()
                    .filter(retired -> now.isBefore(retired.until()))
                    .toList());
        } else {
            return before;
        }
    }

    /** A new CA and a leaf by it. */
    public Certificates begin(Instant now) {
        Credential authority = issuer.authority(now);
        return new Certificates(authority, Optional.empty(), List.of(), issuer.leaf(authority, now));
    }

    private Certificates promote(Certificates before, Instant now) {
        Credential authority = before.next().orElseThrow();
        Retired retired = new Retired(
                before.authority().certificate(),
                Stream.of(before.authority().notAfter(), before.leaf().notAfter())
                        .min(Instant::compareTo)
                        .orElseThrow());
        return new Certificates(
                authority,
                Optional.empty(),
                Stream.concat(Stream.of(retired), before.retired().stream()).toList(),
                issuer.leaf(authority, now));
    }
}
