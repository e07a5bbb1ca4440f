package io.slotless.sidecar.resp;

/** The versions of RESP that {@code HELLO} chooses between. */
public enum ProtocolVersion {
    RESP2,
    RESP3
}
