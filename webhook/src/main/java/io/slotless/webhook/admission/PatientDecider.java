package io.slotless.webhook.admission;

import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.InjectionDecider;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.Reason;
import java.util.function.BooleanSupplier;

/** Decides from a catalogue that follows the cluster with a small delay. May block for a moment; any thread. */
public final class PatientDecider {

    private final InjectionDecider decider;
    private final Catalogue catalogue;
    private final BooleanSupplier complete;
    private final Patience patience;

    /** @param complete whether the catalogue has been filled */
    public PatientDecider(InjectionDecider decider, Catalogue catalogue, BooleanSupplier complete, Patience patience) {
        this.decider = decider;
        this.catalogue = catalogue;
        this.complete = complete;
        this.patience = patience;
    }

    /** @throws UnanswerableReviewException while the catalogue is being filled: the answer might be wrong */
    Decision decide(Pod pod) throws UnanswerableReviewException {
        if (!complete.getAsBoolean()) {
            throw new UnanswerableReviewException(Finding.of(Reason.NOT_READY));
        }
        return patience.ask(
                pod.namespace(), () -> decider.decide(pod, catalogue), decision -> isCredible(pod, decision));
    }

    /**
     * The API server calls for pods that ask, or whose namespace does. If nobody asks as far as we know, we know less than it does;
     * and a pod that asks by itself where no RedisDestination applies may have been created right after its RedisDestination.
     */
    private boolean isCredible(Pod pod, Decision decision) {
        boolean noHostsForOneThatAsks =
                decision.reason() == Reason.NO_HOSTS && !decision.warnings().isEmpty();
        return catalogue.namespace(pod.namespace()).isPresent()
                && decision.reason() != Reason.NOT_ASKED
                && !noHostsForOneThatAsks;
    }
}
