package io.slotless.webhook.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Pod;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges the pods that are due, says what is wrong with them, and counts. One thread, but for {@link #catalogueChanged}. */
final class AuditRound {

    private final AuditRules rules;
    private final LivePods pods;
    private final PodJudge judge;
    private final PodEvents events;
    private final AuditListener listener;
    private final ObjectMapper mapper;
    private volatile Instant changed = Instant.MIN;

    AuditRound(AuditRules rules, LivePods pods, PodEvents events, AuditListener listener, ObjectMapper mapper) {
        this.rules = rules;
        this.pods = pods;
        this.judge = new PodJudge(rules.decider(), rules.catalogue());
        this.events = events;
        this.listener = listener;
        this.mapper = mapper;
    }

    /** All pods are judged again. */
    void catalogueChanged() {
        changed = rules.clock().instant();
    }

    void run() {
        Instant now = rules.clock().instant();
        pods.judge((key, pod) -> isDue(pod, now) ? judged(key, pod, now) : null);
        listener.counted(pods.all()
                .map(AuditedPod::found)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Finding::reason, Collectors.counting())));
    }

    private boolean isDue(AuditedPod pod, Instant now) {
        if (pod.judged() == null) {
            return !pod.seen().plus(rules.settle()).isAfter(now);
        }
        return !pod.judged().isAfter(changed) || isToBeRepeated(pod, now);
    }

    private boolean isToBeRepeated(AuditedPod pod, Instant now) {
        return pod.told() != null && !pod.told().plus(rules.repeat()).isAfter(now);
    }

    private @Nullable AuditedPod judged(String key, AuditedPod audited, Instant now) {
        Pod pod = Objects.requireNonNull(audited.lean()).read(mapper);
        Verdict verdict = judge.judge(pod);
        if (verdict instanceof Verdict.Unclear) {
            return null;
        }
        if (verdict instanceof Verdict.NotAsking) {
            return audited.notAsking();
        }
        return verdict instanceof Verdict.Uninjected uninjected
                ? uninjected(key, audited, pod, uninjected.finding(), now)
                : audited.judged(null, null, now);
    }

    private AuditedPod uninjected(String key, AuditedPod audited, Pod pod, Finding finding, Instant now) {
        @Nullable Finding before = audited.found();
        if (finding.equals(before) && !isToBeRepeated(audited, now)) {
            return audited.judged(finding, audited.told(), now);
        }
        events.uninjected(pod, finding);
        if (before == null || before.reason() != finding.reason()) {
            listener.reported(finding, key);
        }
        return audited.judged(finding, now, now);
    }
}
