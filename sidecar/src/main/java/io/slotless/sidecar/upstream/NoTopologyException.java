package io.slotless.sidecar.upstream;

/** Nodes answer, and none of them knows who serves any slot. */
public final class NoTopologyException extends Exception {

    private static final long serialVersionUID = 1L;

    NoTopologyException(String host) {
        super("no node of " + host + " knows any slot");
    }
}
