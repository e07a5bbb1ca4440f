package io.slotless.sidecar.proxy.backend;

/** The kinds of redirection. */
public enum RedirectKind {
    MOVED,
    ASK,
    TRYAGAIN,
    CLUSTERDOWN
}
