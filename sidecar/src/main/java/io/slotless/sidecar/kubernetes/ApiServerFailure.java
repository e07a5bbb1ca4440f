package io.slotless.sidecar.kubernetes;

/** What the API server answers instead of what it was asked for. */
final class ApiServerFailure extends RuntimeException {

    /** "Gone": it does not have that resource version any more. */
    static final int GONE = 410;

    private static final long serialVersionUID = 1;

    private final int code;

    /** @param code HTTP's */
    ApiServerFailure(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
