package io.slotless.sidecar.scan;

import io.slotless.sidecar.cluster.Node;

/** Where the keys of a slot are. */
public sealed interface SlotSource {

    /** All at one node. */
    record Settled(Node owner, String id) implements SlotSource {}

    /**
     * On their way from one node to another: asked in this order, no key is missed. A key arrives before it leaves.
     *
     * @param id the owner's
     */
    record Moving(Node owner, String id, Node target) implements SlotSource {}

    /** At two nodes that both say they own it, or at one that nobody has told us of: for a moment. */
    record Unclear() implements SlotSource {
        static final Unclear IT = new Unclear();
    }

    /** The cluster does not serve the slot. */
    record Nowhere() implements SlotSource {
        static final Nowhere IT = new Nowhere();
    }
}
