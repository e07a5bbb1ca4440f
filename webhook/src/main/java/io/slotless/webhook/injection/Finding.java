package io.slotless.webhook.injection;

/**
 * A reason with the facts of one case.
 *
 * @param facts what the reason is about, such as a host or an annotation with its value; may be empty. Never an env value:
 *     those hold passwords
 */
public record Finding(Reason reason, String facts) {

    /** Kubernetes truncates warnings beyond 256 characters (AdmissionResponse.warnings in admission/v1). */
    private static final int LONGEST = 256;

    public static Finding of(Reason reason) {
        return new Finding(reason, "");
    }

    /** What a user is told: constant text, then the facts; at most 256 characters. */
    public String message() {
        String message = "slotless: " + reason.text() + (facts.isEmpty() ? "" : ": " + facts);
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
    }
}
