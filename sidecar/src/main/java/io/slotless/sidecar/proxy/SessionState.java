package io.slotless.sidecar.proxy;

import io.slotless.sidecar.resp.CommandFrame;

/**
 * What a client's commands do at the moment.
 *
 * <pre>
 *   {@link SharedState} ── MULTI, WATCH ──► {@link TransactionState} ── EXEC, DISCARD, UNWATCH answered ──► {@link SharedState}
 *        │                                      │
 *        └── MONITOR, … ─────────────────────────┴──► {@link PipeState} ── the client leaves
 * </pre>
 *
 * In front of a cluster, {@link ClusterTransaction} is in the place of {@link TransactionState}. Subscriptions are beside
 * that: RESP3 knows no state for them, and in RESP2 {@link SubscribedState} is above what there was before.
 */
sealed interface SessionState
        permits SharedState, TransactionState, ClusterTransaction, SubscribedState, SkippingState, PipeState {

    /** Takes a command; false when it must come again later. */
    boolean command(CommandFrame frame);

    /** Whether nothing binds the client to its backend beyond the replies it waits for. */
    boolean isFree();

    /** Whether the connection may be closed without breaking off what the client is in. */
    boolean mayEnd();

    /** Commands queued since MULTI; -1 outside of transactions. */
    default int queued() {
        return -1;
    }

    /** The client has gone. */
    void abandon();
}
