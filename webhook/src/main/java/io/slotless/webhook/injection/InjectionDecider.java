package io.slotless.webhook.injection;

import java.util.List;
import java.util.Optional;

/** Decides what happens to a pod. */
public final class InjectionDecider {

    private final InjectionRules rules;
    private final PodFitness fitness;

    public InjectionDecider(InjectionRules rules) {
        this.rules = rules;
        this.fitness = new PodFitness(rules.excludedNamespaces());
    }

    /**
     * A pod that asks itself and writes an annotation that cannot be followed is denied: it would start without Redis, which
     * is harder to understand. A pod that only its namespace asks for is let through, with a warning.
     */
    public Decision decide(Pod pod, Catalogue catalogue) {
        Optional<Namespace> namespace = catalogue.namespace(pod.namespace());
        OptIn optIn = OptIn.of(pod, namespace);
        return switch (optIn) {
            case NOBODY -> silently(Reason.NOT_ASKED);
            case REFUSED -> silently(Reason.OPTED_OUT);
            case UNCLEAR -> told(Finding.of(Reason.BAD_INJECT_VALUE));
            case POD, NAMESPACE ->
                fitness.problem(pod)
                        .map(problem -> unfit(problem, optIn))
                        .orElseGet(() -> plan(pod, namespace, optIn, catalogue));
        };
    }

    private Decision plan(Pod pod, Optional<Namespace> namespace, OptIn optIn, Catalogue catalogue) {
        try {
            Decision decision = new Planner(rules, pod, namespace, catalogue).plan();
            return decision.reason() == Reason.NO_HOSTS || decision.reason() == Reason.IS_REDIS
                    ? unfit(decision.reason(), optIn)
                    : decision;
        } catch (InvalidAnnotationException invalid) {
            return optIn == OptIn.POD ? new Decision.Deny(invalid.finding()) : told(invalid.finding());
        }
    }

    /** In a namespace that asks for all of its pods, one that has nothing to do with Redis is no surprise. */
    private static Decision unfit(Reason reason, OptIn optIn) {
        boolean surprising = optIn == OptIn.POD && reason != Reason.ALREADY_INJECTED;
        return surprising ? told(Finding.of(reason)) : silently(reason);
    }

    private static Decision silently(Reason reason) {
        return new Decision.Skip(Finding.of(reason), List.of());
    }

    private static Decision told(Finding finding) {
        return new Decision.Skip(finding, List.of(finding));
    }
}
