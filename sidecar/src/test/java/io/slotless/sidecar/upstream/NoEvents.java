package io.slotless.sidecar.upstream;

/** For connections that belong to no pool. */
final class NoEvents implements UpstreamConnection.ConnectionEvents {

    @Override
    public void ready(UpstreamConnection connection) {}

    @Override
    public void ended(UpstreamConnection connection, Throwable cause) {}

    @Override
    public void heldUp(UpstreamConnection connection) {}

    @Override
    public void free(UpstreamConnection connection) {}
}
