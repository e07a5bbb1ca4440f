package io.slotless.webhook.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.PodInjector;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.patch.PodPatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
        AdmissionResponse response = respond(request, decision);
        listener.admitted(new Admission(
                result(decision),
                finding(decision),
                request.pod().namespace() + "/" + request.pod().name(),
                Duration.ofNanos(nanoTime.getAsLong() - start)));
        return bytes(new AdmissionReview("admission.k8s.io/v1", "AdmissionReview", null, response));
    }

    private Decision decide(AdmissionRequest request) throws UnanswerableReviewException {
        return request.isPodCreation()
                ? decider.decide(request.pod())
                : new Decision.Skip(Finding.of(Reason.NOT_A_POD_CREATION), List.of());
    }

    private AdmissionResponse respond(AdmissionRequest request, Decision decision) {
        AdmissionResponseBuilder response = new AdmissionResponseBuilder()
                .withUid(request.uid())
                .withAllowed(!(decision instanceof Decision.Deny))
                .withWarnings(decision.warnings().stream()
                        .map(Finding::message)
                        .distinct()
                        .toList())
                .withAuditAnnotations(Map.of("reason", decision.reason().id()));
        if (decision instanceof Decision.Inject inject) {
            response.withPatchType("JSONPatch").withPatch(patch(request.pod(), inject));
        } else if (decision instanceof Decision.Deny deny) {
            response.withStatus(new StatusBuilder()
                    .withCode(FORBIDDEN)
                    .withMessage(deny.finding().message())
                    .build());
        }
        return response.build();
    }

    private String patch(Pod pod, Decision.Inject inject) {
        JsonNode withHosts = injector.withHosts(pod, inject);
        JsonNode withSidecar = injector.withSidecar(new Pod(withHosts, pod.namespace()), inject);
        ArrayNode patch = PodPatch.through(List.of(pod.tree(), withHosts, withSidecar));
        return Base64.getEncoder().encodeToString(patch.toString().getBytes(StandardCharsets.UTF_8));
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

    private byte[] bytes(AdmissionReview review) {
        try {
            return mapper.writeValueAsBytes(review);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write an AdmissionReview", e);
        }
    }
}
