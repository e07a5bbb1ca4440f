package io.slotless.webhook.audit;

import io.slotless.webhook.injection.Finding;

/** What there is to say about a pod that runs without a sidecar. */
sealed interface Verdict {

    /** Nobody asks; only a change of its labels, its annotations or its namespace can make that another. */
    record NotAsking() implements Verdict {}

    /** It asks, but is no surprise without one, such as a pod that knows no Redis in a namespace that asks for all. */
    record Unsurprising() implements Verdict {}

    /** Its namespace is not known yet. */
    record Unclear() implements Verdict {}

    /** It should have one, or its owner thinks so. */
    record Uninjected(Finding finding) implements Verdict {}
}
