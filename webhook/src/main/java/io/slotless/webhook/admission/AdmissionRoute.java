package io.slotless.webhook.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;

/**
 * {@code POST /mutate}. What cannot be answered gets an HTTP error: the API server then does what the {@code failurePolicy} of
 * the MutatingWebhookConfiguration says.
 */
public final class AdmissionRoute {

    private static final String PATH = "/mutate";
    private static final String JSON = "application/json";
    private static final int REQUEST_TIMEOUT = 408;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final AdmissionReviewer reviewer;
    private final Refusal refusal;

    public AdmissionRoute(AdmissionReviewer reviewer, AdmissionListener listener, ObjectMapper mapper) {
        this.reviewer = reviewer;
        this.refusal = new Refusal(listener, mapper);
    }

    /**
     * Adds itself to a router.
     *
     * @param maxReviewBytes a larger request is refused before it is read to its end
     * @param timeout a request that has not arrived by then is refused
     */
    public void register(Router router, long maxReviewBytes, Duration timeout) {
        router.post(PATH).handler(context -> expect(context, timeout));
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(maxReviewBytes))
                // A big pod takes milliseconds to compare: not on an event loop.
                .blockingHandler(this::answer, false)
                .failureHandler(refusal);
    }

    /** Nobody else ends a request whose body never does. */
    private static void expect(RoutingContext context, Duration timeout) {
        if (!JSON.equalsIgnoreCase(context.parsedHeaders().contentType().value())) {
            context.fail(UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        long timer = context.vertx().setTimer(timeout.toMillis(), id -> {
            if (!context.request().isEnded()) {
                context.fail(REQUEST_TIMEOUT);
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
        context.next();
    }

    private void answer(RoutingContext context) {
        Buffer body = context.body().buffer();
        try {
            byte[] answer = reviewer.review(body == null ? new byte[0] : body.getBytes());
            context.response().putHeader("Content-Type", JSON).end(Buffer.buffer(answer));
        } catch (UnanswerableReviewException e) {
            context.fail(e);
        }
    }
}
