package io.slotless.sidecar.proxy.conversation;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.scan.ClusterView;
import io.slotless.sidecar.scan.SlotSource;
import java.util.ArrayList;
import java.util.List;

/** A slot and a node that has keys of it. */
record SlotPlace(int slot, Node node) {

    /** The owners of slots, as far as they have one. */
    static List<SlotPlace> owners(ClusterView view, int from, int to) {
        List<SlotPlace> places = new ArrayList<>();
        for (int slot = from; slot < to; slot++) {
            SlotSource source = view.source(slot);
            if (source instanceof SlotSource.Settled settled) {
                places.add(new SlotPlace(slot, settled.owner()));
            } else if (source instanceof SlotSource.Moving moving) {
                places.add(new SlotPlace(slot, moving.owner()));
            }
        }
        return places;
    }

    /** Where slots that are on their way go to. */
    static List<SlotPlace> targets(ClusterView view, int from, int to) {
        List<SlotPlace> places = new ArrayList<>();
        for (int slot = from; slot < to; slot++) {
            if (view.source(slot) instanceof SlotSource.Moving moving) {
                places.add(new SlotPlace(slot, moving.target()));
            }
        }
        return places;
    }
}
