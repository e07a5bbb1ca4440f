package io.slotless.sidecar.kubernetes;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request to the API server failed.
 *
 * @param kind the same for what an operator would take for the same failure, whatever the numbers in its text
 * @param text in one line
 */
record FailureReason(String kind, String text) {

    /** The API server's own words if it answered; else those of the first cause that is not mere wrapping. */
    static FailureReason of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause instanceof CompletionException) {
            cause = cause.getCause();
        }
        String name = cause.getClass().getSimpleName();
        if (cause instanceof ApiServerFailure answer) {
            String code = String.valueOf(answer.code());
            return new FailureReason(code, (code + " " + oneLine(answer.getMessage(), "")).strip());
        }
        return new FailureReason(name, oneLine(cause.getMessage(), name));
    }

    private static String oneLine(@Nullable String message, String otherwise) {
        return message == null ? otherwise : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
