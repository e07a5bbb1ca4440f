package io.slotless.webhook.certificate.authority;

import java.time.Instant;

/**
 * What to do next. A CA's way: {@link PrepareAuthority} makes it trusted, {@link Promote} lets it issue and retires the
 * one before it, {@link Forget} ends the trust in that one.
 */
public sealed interface Step {

    /** A new CA and a leaf by it, at once: there is nothing that could go on. */
    record Begin(String reason) implements Step {}

    /** Another leaf by the same CA. */
    record RenewLeaf(String reason) implements Step {}

    /** A second CA, to be trusted and not yet to issue. */
    record PrepareAuthority(String reason) implements Step {}

    /** The second CA issues from now on, first of all a leaf. */
    record Promote() implements Step {}

    /** Retired CAs on which nothing depends any more are trusted no longer. */
    record Forget() implements Step {}

    /** Nothing before that time. */
    record Wait(Instant until) implements Step {}
}
