package io.slotless.sidecar.scan;

/** A SCAN that gets an error; the message is the error reply, without its minus. */
public final class ScanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ScanException(String error) {
        super(error, null, false, false);
    }

    /** The error reply, without its minus. */
    public String error() {
        return String.valueOf(getMessage());
    }
}
