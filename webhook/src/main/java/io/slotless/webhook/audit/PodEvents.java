package io.slotless.webhook.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.slotless.api.SlotlessNames;
import io.slotless.webhook.event.EventRecorder;
import io.slotless.webhook.event.EventType;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.InjectionStatus;
import io.slotless.webhook.injection.Pod;
import java.util.stream.Collectors;

/** Says on a pod what became of it. */
final class PodEvents {

    private static final ObjectMapper STATUS =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final EventRecorder recorder;

    PodEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    void uninjected(Pod pod, Finding finding) {
        String message = finding.message() + " (" + finding.reason().id() + "). To get the sidecar: " + Remedy.of(pod);
        recorder.record(reference(pod), EventType.WARNING, "NotInjected", message);
    }

    /** What the webhook itself wrote on the pod: its decision is not repeated here, when things may have changed. */
    void injected(Pod pod) {
        pod.annotation(SlotlessNames.STATUS).ifPresent(json -> {
            try {
                injected(pod, STATUS.readValue(json, InjectionStatus.class));
            } catch (JsonProcessingException e) {
                // Somebody else's; the sidecar does not depend on it.
                recorder.record(reference(pod), EventType.NORMAL, "Injected", "slotless: injected");
            }
        });
    }

    private void injected(Pod pod, InjectionStatus status) {
        String hosts = status.hosts().stream()
                .map(host -> host.host() + " → " + host.address() + ":" + host.port())
                .collect(Collectors.joining(", "));
        recorder.record(reference(pod), EventType.NORMAL, "Injected", "slotless: injected: " + hosts);
        if (!status.warnings().isEmpty()) {
            String warnings = status.warnings().stream()
                    .map(warning -> warning.message() + " (" + warning.reason() + ")")
                    .collect(Collectors.joining("; "));
            recorder.record(reference(pod), EventType.WARNING, "InjectedWithWarnings", warnings);
        }
    }

    private static ObjectReference reference(Pod pod) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withUid(pod.tree().at("/metadata/uid").asText())
                .build();
    }
}
