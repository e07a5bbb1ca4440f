package io.slotless.sidecar.resp;

/** Bytes that are not RESP, or that go beyond the limits. */
public final class RespException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RespException(String message) {
        super(message);
    }
}
