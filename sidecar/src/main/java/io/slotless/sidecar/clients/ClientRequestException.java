package io.slotless.sidecar.clients;

/** A CLIENT command that Redis would not understand. */
public final class ClientRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    ClientRequestException(String error) {
        super(error, null, false, false);
    }

    /** Redis's text, without the minus. */
    public String error() {
        return String.valueOf(getMessage());
    }
}
