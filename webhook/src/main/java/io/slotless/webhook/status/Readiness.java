package io.slotless.webhook.status;

import io.slotless.api.status.DestinationVersion;
import io.slotless.api.status.HostStatus;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.webhook.injection.Destination;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What several sidecars say about one RedisDestination, as one sentence. Most of them decide: one that is wrong, or lies, is not
 * believed against two others.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param served what most of the sidecars in question say; null where none is in question
 */
record Readiness(
        String status,
        String reason,
        String message,
        @Nullable HostStatus served) {

    static final String TRUE = "True";
    static final String FALSE = "False";
    static final String UNKNOWN = "Unknown";
    static final String UNREACHABLE = "SidecarsUnreachable";

    /** @param answers of sidecars of running pods that take over the host; empty where there are no such pods */
    static Readiness of(Destination destination, List<SidecarAnswer> answers) {
        if (answers.isEmpty()) {
            return new Readiness(UNKNOWN, "NoSidecar", "no running pod uses it yet", null);
        }
        List<Vote> votes = answers.stream()
                .filter(SidecarAnswer.Told.class::isInstance)
                .map(told -> Vote.of(destination, (SidecarAnswer.Told) told))
                .toList();
        if (votes.isEmpty()) {
            return new Readiness(UNKNOWN, UNREACHABLE, silence(answers), null);
        }
        List<Vote> ready = of(Kind.READY, votes);
        List<Vote> notReady = of(Kind.NOT_READY, votes);
        List<Vote> behind = of(Kind.BEHIND, votes);
        if (ready.size() * 2 > votes.size()) {
            HostStatus served = most(ready);
            return new Readiness(TRUE, "Serving", size(served) + but(notReady, behind), served);
        }
        if (!notReady.isEmpty()) {
            HostStatus told = notReady.get(0).status();
            return new Readiness(
                    FALSE, ForeignText.reason(told.reason()), notReady.get(0).complaint(), most(notReady));
        }
        return new Readiness(UNKNOWN, "Progressing", behind.get(0).complaint(), most(behind));
    }

    private static List<Vote> of(Kind kind, List<Vote> votes) {
        return votes.stream().filter(vote -> vote.kind() == kind).toList();
    }

    private static String silence(List<SidecarAnswer> answers) {
        return answers.stream()
                .filter(SidecarAnswer.Silent.class::isInstance)
                .map(answer -> answer.pod() + ": " + ForeignText.message(((SidecarAnswer.Silent) answer).why()))
                .findFirst()
                .orElse("");
    }

    /** Of equal answers there are most; of as many the first. */
    private static HostStatus most(List<Vote> votes) {
        Map<List<Object>, Long> counts = votes.stream()
                .map(vote -> facts(vote.status()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return votes.stream()
                .map(Vote::status)
                // The first of the largest: max would give the last.
                .min(Comparator.comparing(
                        (HostStatus status) -> counts.getOrDefault(facts(status), 0L), Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static List<Object> facts(HostStatus status) {
        return List.of(Optional.ofNullable(status.mode()), status.shards(), status.nodes());
    }

    private static String size(HostStatus served) {
        return served.mode() == RedisMode.CLUSTER
                ? served.shards() + " shards, " + served.nodes() + " nodes"
                : "a single Redis";
    }

    private static String but(List<Vote> notReady, List<Vote> behind) {
        return Stream.concat(notReady.stream(), behind.stream())
                .findFirst()
                .map(vote -> "; but " + vote.complaint())
                .orElse("");
    }

    private enum Kind {
        READY,
        NOT_READY,
        /** It follows an older generation, or another RedisDestination, or none. */
        BEHIND
    }

    private record Vote(Kind kind, String pod, HostStatus status) {

        static Vote of(Destination destination, SidecarAnswer.Told told) {
            HostStatus status = told.status();
            if (!follows(destination, status.destination())) {
                return new Vote(Kind.BEHIND, told.pod(), status);
            }
            return new Vote(status.ready() ? Kind.READY : Kind.NOT_READY, told.pod(), status);
        }

        private static boolean follows(Destination destination, @Nullable DestinationVersion version) {
            return version != null
                    && destination.name().equals(version.name())
                    && destination.namespace().equals(version.namespace())
                    && Objects.equals(destination.uid(), version.uid())
                    && number(version.generation()) >= number(destination.generation());
        }

        private static long number(@Nullable Long generation) {
            return generation == null ? 0 : generation;
        }

        String complaint() {
            if (kind != Kind.BEHIND) {
                return pod + ": " + ForeignText.message(status.message());
            }
            DestinationVersion version = status.destination();
            return version == null
                    ? pod + " does not follow it yet"
                    : pod + " still follows " + ForeignText.message(version.namespace() + "/" + version.name())
                            + ", generation " + version.generation();
        }
    }
}
