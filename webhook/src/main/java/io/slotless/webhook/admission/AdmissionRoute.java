package io.slotless.webhook.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * {@code POST /mutate}. What cannot be answered gets an HTTP error: the API server then does what the {@code failurePolicy} of
 * the MutatingWebhookConfiguration says.
 */
public final class AdmissionRoute {

    private static final Logger LOG = Logger.getLogger(AdmissionRoute.class);
    private static final String PATH = "/mutate";
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL_ERROR = 500;

    private final AdmissionReviewer reviewer;
    private final AdmissionListener listener;
    private final ObjectMapper mapper;

    public AdmissionRoute(AdmissionReviewer reviewer, AdmissionListener listener, ObjectMapper mapper) {
        this.reviewer = reviewer;
        this.listener = listener;
        this.mapper = mapper;
    }

    /**
     * Adds itself to a router.
     *
     * @param maxReviewBytes a larger request is refused before it is read to its end
     */
    public void register(Router router, long maxReviewBytes) {
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(maxReviewBytes))
                // A big pod takes milliseconds to compare: not on an event loop.
                .blockingHandler(this::answer, false)
                .failureHandler(this::fail);
    }

    private void answer(RoutingContext context) {
        Buffer body = context.body().buffer();
        try {
            byte[] answer = reviewer.review(body == null ? new byte[0] : body.getBytes());
            json(context.response()).end(Buffer.buffer(answer));
        } catch (MalformedReviewException e) {
            refuse(context, BAD_REQUEST, new Finding(Reason.MALFORMED_REVIEW, String.valueOf(e.getMessage())));
        }
    }

    private void fail(RoutingContext context) {
        if (context.statusCode() == TOO_LARGE) {
            refuse(context, TOO_LARGE, Finding.of(Reason.REVIEW_TOO_LARGE));
            return;
        }
        LOG.error("an admission failed", context.failure());
        refuse(context, INTERNAL_ERROR, Finding.of(Reason.INTERNAL_ERROR));
    }

    /** With a Status of Kubernetes's own form (Status in meta/v1). */
    private void refuse(RoutingContext context, int code, Finding finding) {
        listener.admitted(new Admission(AdmissionResult.FAILED, finding, "", Duration.ZERO));
        ObjectNode status = mapper.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Failure")
                .put("message", finding.message())
                .put("code", code);
        json(context.response()).setStatusCode(code).end(status.toString());
    }

    private static HttpServerResponse json(HttpServerResponse response) {
        return response.putHeader("Content-Type", "application/json");
    }
}
