package io.slotless.webhook.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.PodInjector;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.patch.PodPatch;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Answers AdmissionReviews. Has no side effects, so a dry run is answered like any other; may be used by any thread. */
public final class AdmissionReviewer {

    private static final int FORBIDDEN = 403;

    private final PatientDecider decider;
    private final PodInjector injector;
    private final AdmissionListener listener;
    private final ObjectMapper mapper;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    public AdmissionReviewer(
            PatientDecider decider,
            PodInjector injector,
            AdmissionListener listener,
            ObjectMapper mapper,
            LongSupplier nanoTime) {
        this.decider = decider;
        this.injector = injector;
        this.listener = listener;
        this.mapper = mapper;
        this.nanoTime = nanoTime;
    }

    /**
     * From the bytes of a review to the bytes of its answer.
     *
     * @throws UnanswerableReviewException if there is no request to answer, or not enough is known to answer it
     */
    public byte[] review(byte[] body) throws UnanswerableReviewException {
        AdmissionRequest request = AdmissionRequest.parse(body, mapper);
        long start = nanoTime.getAsLong();
        Decision decision = decide(request);
        ObjectNode answer = respond(request, decision);
        listener.admitted(new Admission(
                result(decision),
                finding(decision),
                request.pod().namespace() + "/" + request.pod().name(),
                Duration.ofNanos(nanoTime.getAsLong() - start)));
        return bytes(answer);
    }

    private Decision decide(AdmissionRequest request) throws UnanswerableReviewException {
        return request.isPodCreation()
                ? decider.decide(request.pod())
                : new Decision.Skip(Finding.of(Reason.NOT_A_POD_CREATION), List.of());
    }

    private ObjectNode respond(AdmissionRequest request, Decision decision) {
        ObjectNode answer = mapper.createObjectNode()
                .put("apiVersion", AdmissionRequest.API_VERSION)
                .put("kind", AdmissionRequest.KIND);
        ObjectNode response = answer.putObject("response")
                .put("uid", request.uid())
                .put("allowed", !(decision instanceof Decision.Deny));
        response.putObject("auditAnnotations").put("reason", decision.reason().id());
        if (!decision.warnings().isEmpty()) {
            ArrayNode warnings = response.putArray("warnings");
            decision.warnings().stream().map(Finding::message).distinct().forEach(warnings::add);
        }
        if (decision instanceof Decision.Inject inject) {
            response.put("patchType", "JSONPatch").put("patch", bytes(patch(request.pod(), inject)));
        } else if (decision instanceof Decision.Deny deny) {
            response.putObject("status")
                    .put("apiVersion", "v1")
                    .put("kind", "Status")
                    .put("code", FORBIDDEN)
                    .put("message", deny.finding().message());
        }
        return answer;
    }

    private ArrayNode patch(Pod pod, Decision.Inject inject) {
        JsonNode withHosts = injector.withHosts(pod, inject);
        JsonNode withSidecar = injector.withSidecar(new Pod(withHosts, pod.namespace()), inject);
        return PodPatch.through(List.of(pod.tree(), withHosts, withSidecar));
    }

    private static AdmissionResult result(Decision decision) {
        if (decision instanceof Decision.Inject) {
            return AdmissionResult.INJECTED;
        }
        return decision instanceof Decision.Deny ? AdmissionResult.DENIED : AdmissionResult.SKIPPED;
    }

    private static Finding finding(Decision decision) {
        if (decision instanceof Decision.Skip skip) {
            return skip.finding();
        }
        return decision instanceof Decision.Deny deny ? deny.finding() : Finding.of(decision.reason());
    }

    private byte[] bytes(JsonNode tree) {
        try {
            return mapper.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a tree", e);
        }
    }
}
