package io.slotless.webhook.admission;

import io.slotless.webhook.injection.Finding;
import java.time.Duration;

/**
 * One admission, when it has been decided.
 *
 * @param finding why; its reason is the one that is counted
 * @param pod namespace and name of the pod; empty where the request could not be read
 * @param took from the parsed request to the answer
 */
public record Admission(AdmissionResult result, Finding finding, String pod, Duration took) {}
