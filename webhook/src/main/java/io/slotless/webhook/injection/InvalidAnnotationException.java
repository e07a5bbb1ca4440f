package io.slotless.webhook.injection;

/** A user wrote an annotation that cannot be followed; carries what to tell them. */
final class InvalidAnnotationException extends Exception {

    private final transient Finding finding;

    InvalidAnnotationException(Reason reason, String facts) {
        this(new Finding(reason, facts));
    }

    InvalidAnnotationException(Finding finding) {
        super(finding.facts(), null, false, false);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
