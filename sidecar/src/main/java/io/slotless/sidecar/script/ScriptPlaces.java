package io.slotless.sidecar.script;

import io.slotless.sidecar.cluster.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Which node is known to have which script, as long as connections and slots stay where they are. */
public final class ScriptPlaces {

    /** More than anybody uses; then it is learned anew. */
    private static final int MOST = 10_000;

    private final IntSupplier ways;
    private final Map<Node, Set<ScriptId>> places = new HashMap<>();
    private int known;
    private int since;

    /** @param ways changes whenever a node may be another, or have been started anew */
    public ScriptPlaces(IntSupplier ways) {
        this.ways = ways;
    }

    public boolean has(@Nullable Node node, ScriptId script) {
        expire();
        Set<ScriptId> there = places.get(node);
        return there != null && there.contains(script);
    }

    public void add(Node node, ScriptId script) {
        expire();
        if (places.computeIfAbsent(node, ignored -> new HashSet<>()).add(script) && ++known > MOST) {
            clear();
        }
    }

    public void remove(Node node, ScriptId script) {
        Set<ScriptId> there = places.get(node);
        if (there != null && there.remove(script)) {
            known--;
        }
    }

    public void clear() {
        places.clear();
        known = 0;
    }

    private void expire() {
        int now = ways.getAsInt();
        if (now != since) {
            since = now;
            clear();
        }
    }
}
