package io.slotless.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.Reason;
import java.io.IOException;

/**
 * The request of an AdmissionReview (kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers).
 *
 * @param uid to be echoed
 * @param kind of the object, without group and version
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param subresource empty for the object itself
 * @param pod the object; its namespace is the request's: the object of a controller may have none yet
 */
record AdmissionRequest(String uid, String kind, String operation, String subresource, Pod pod) {

    static final String KIND = "AdmissionReview";
    static final String API_VERSION = "admission.k8s.io/v1";

    static AdmissionRequest parse(byte[] body, ObjectMapper mapper) throws UnanswerableReviewException {
        JsonNode review = read(body, mapper);
        require(review.path("kind").asText().equals(KIND), "kind must be " + KIND);
        require(review.path("apiVersion").asText().equals(API_VERSION), "apiVersion must be " + API_VERSION);
        JsonNode request = review.path("request");
        String uid = request.path("uid").asText();
        require(!uid.isEmpty(), "request.uid is missing");
        return new AdmissionRequest(
                uid,
                request.path("kind").path("kind").asText(),
                request.path("operation").asText(),
                request.path("subResource").asText(),
                new Pod(request.path("object"), request.path("namespace").asText()));
    }

    /** Whether the object is a pod about to be created: its containers can still be changed. */
    boolean isPodCreation() {
        return kind.equals("Pod")
                && operation.equals("CREATE")
                && subresource.isEmpty()
                && pod.tree().path("spec").isObject();
    }

    private static JsonNode read(byte[] body, ObjectMapper mapper) throws UnanswerableReviewException {
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            // Jackson's message quotes the source, which may hold what only the pod's owner should see.
            throw malformed("the body is not JSON, or nested too deeply");
        }
    }

    private static void require(boolean condition, String message) throws UnanswerableReviewException {
        if (!condition) {
            throw malformed(message);
        }
    }

    private static UnanswerableReviewException malformed(String facts) {
        return new UnanswerableReviewException(new Finding(Reason.MALFORMED_REVIEW, facts));
    }
}
