package io.slotless.webhook.admission;

import io.slotless.webhook.injection.Finding;

/** A review that cannot be answered, so that the {@code failurePolicy} decides; carries why. */
public final class UnanswerableReviewException extends Exception {

    private final transient Finding finding;

    UnanswerableReviewException(Finding finding) {
        super(finding.message(), null, false, false);
        this.finding = finding;
    }

    public Finding finding() {
        return finding;
    }
}
