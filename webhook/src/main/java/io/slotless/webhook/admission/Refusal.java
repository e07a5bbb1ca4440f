package io.slotless.webhook.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Reason;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The answer where there is none: an HTTP error with a Status (meta/v1) in it, the only body of an error whose message the API
 * server passes on to whoever created the pod. An AdmissionReview that says {@code allowed: false} would refuse the pod
 * whatever the {@code failurePolicy}.
 */
final class Refusal implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(Refusal.class);
    /** So that the client reads the answer before it is cut off. */
    private static final long FAREWELL_MILLIS = 500;

    private final AdmissionListener listener;
    private final ObjectMapper mapper;

    Refusal(AdmissionListener listener, ObjectMapper mapper) {
        this.listener = listener;
        this.mapper = mapper;
    }

    @Override
    public void handle(RoutingContext context) {
        Finding finding = finding(context);
        listener.admitted(new Admission(AdmissionResult.FAILED, finding, "", Duration.ZERO));
        if (context.response().ended()) {
            return;
        }
        // In HTTP/2 the connection serves others, and what still comes of the stream is thrown away.
        boolean cutOff = !context.request().isEnded() && context.request().version() != HttpVersion.HTTP_2;
        if (cutOff) {
            context.response().putHeader("Connection", "close");
        }
        context.response()
                .putHeader("Content-Type", "application/json")
                .setStatusCode(code(finding.reason()))
                .end(status(finding).toString())
                .onComplete(sent -> {
                    if (cutOff) {
                        context.vertx().setTimer(FAREWELL_MILLIS, id -> context.request()
                                .connection()
                                .close());
                    }
                });
    }

    private static Finding finding(RoutingContext context) {
        if (context.failure() instanceof UnanswerableReviewException unanswerable) {
            return unanswerable.finding();
        }
        return switch (context.statusCode()) {
            case 408 -> Finding.of(Reason.REQUEST_TIMEOUT);
            case 413 -> Finding.of(Reason.REVIEW_TOO_LARGE);
            case 415 -> Finding.of(Reason.UNSUPPORTED_MEDIA_TYPE);
            default -> {
                LOG.error("an admission failed", context.failure());
                yield Finding.of(Reason.INTERNAL_ERROR);
            }
        };
    }

    private static int code(Reason reason) {
        return switch (reason) {
            case MALFORMED_REVIEW -> 400;
            case REQUEST_TIMEOUT -> 408;
            case REVIEW_TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case NOT_READY -> 503;
            default -> 500;
        };
    }

    private ObjectNode status(Finding finding) {
        ObjectNode status = mapper.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Failure")
                .put("message", finding.message())
                .put("code", code(finding.reason()));
        status.putObject("metadata");
        return status;
    }
}
