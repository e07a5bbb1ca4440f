package io.slotless.sidecar.proxy.reply;

/** Counts bytes of replies that lie here for a client. */
public interface ByteCount {

    /** So many bytes more lie here, or less. */
    void add(long more);
}
