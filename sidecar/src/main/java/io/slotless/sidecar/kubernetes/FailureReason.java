package io.slotless.sidecar.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.CompletionException;

/** Puts into few words why a request to the API server failed. */
final class FailureReason {

    private FailureReason() {}

    /** The API server's own words if it answered; else those of the first cause that is not mere wrapping. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && isWrapping(cause)) {
            cause = cause.getCause();
        }
        if (cause instanceof KubernetesClientException answer && answer.getStatus() != null) {
            return answer.getStatus().getCode() + " " + answer.getStatus().getMessage();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static boolean isWrapping(Throwable cause) {
        return cause instanceof CompletionException
                || (cause instanceof KubernetesClientException answer && answer.getStatus() == null);
    }
}
