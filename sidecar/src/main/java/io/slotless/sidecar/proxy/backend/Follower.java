package io.slotless.sidecar.proxy.backend;

/** What has private connections behind a backend for long, and so follows what becomes of the nodes. */
public interface Follower {

    /** Nodes may have come, gone or changed their part. */
    void topologyChanged();

    /**
     * Called once a second: a server that is gone without a word is to be missed.
     *
     * @param limit seconds that an answer may take
     */
    void checkSilence(long limit);
}
