package io.slotless.sidecar.routing;

import java.util.List;

/** Makes plans of commands whose keys are in certain slots. */
public final class PlannedSplit {

    private PlannedSplit() {}

    /** An MGET. */
    public static SplitPlan of(List<Integer> slots) {
        SplitPlan plan = new SplitPlan();
        plan.begin(1, SplitMerge.ELEMENTS, slots.size());
        for (int key = 0; key < slots.size(); key++) {
            plan.add(key + 1, slots.get(key));
        }
        return plan;
    }
}
