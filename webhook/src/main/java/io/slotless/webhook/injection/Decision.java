package io.slotless.webhook.injection;

import java.util.List;

/** What is to happen to a pod. */
public sealed interface Decision {

    /** Why, for metrics and logs. */
    Reason reason();

    /** What the user is told. */
    List<Finding> warnings();

    /** The pod gets the sidecar. */
    record Inject(InjectionPlan plan, List<Finding> warnings) implements Decision {
        public Inject {
            warnings = List.copyOf(warnings);
        }

        @Override
        public Reason reason() {
            return Reason.INJECTED;
        }
    }

    /** The pod is created as it is. The finding is among the warnings where the pod had asked. */
    record Skip(Finding finding, List<Finding> warnings) implements Decision {
        public Skip {
            warnings = List.copyOf(warnings);
        }

        @Override
        public Reason reason() {
            return finding.reason();
        }
    }

    /** The pod is refused: it asked for injection in a way that cannot be followed. */
    record Deny(Finding finding) implements Decision {
        @Override
        public Reason reason() {
            return finding.reason();
        }

        @Override
        public List<Finding> warnings() {
            return List.of();
        }
    }
}
