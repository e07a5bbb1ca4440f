package io.slotless.webhook.admission;

/** The request is not an AdmissionReview that can be answered; the message says what is wrong with it. */
public final class MalformedReviewException extends Exception {

    MalformedReviewException(String message) {
        super(message);
    }
}
