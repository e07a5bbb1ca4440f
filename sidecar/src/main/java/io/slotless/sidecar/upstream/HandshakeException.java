package io.slotless.sidecar.upstream;

import java.io.IOException;

/** The server refused the handshake; the message is its own error text, without the leading minus. */
public final class HandshakeException extends IOException {

    private static final long serialVersionUID = 1L;

    public HandshakeException(String error) {
        super(error);
    }
}
