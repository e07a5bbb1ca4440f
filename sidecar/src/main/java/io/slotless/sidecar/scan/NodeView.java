package io.slotless.sidecar.scan;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.resp.RespException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node says of itself, who knows it best: of other nodes it may have heard late.
 *
 * @param process Redis's {@code run_id}: a node that was started anew hashes its keys in another way, so that its former
 *     cursors mean nothing
 * @param epoch its config epoch; goes up with each slot that it gets from another node, and with each failover
 * @param slots those it owns
 * @param migrating slots that leave it, key by key, and where to
 * @param importing whether a slot is on its way to it
 */
public record NodeView(
        Node node,
        String id,
        String process,
        long epoch,
        BitSet slots,
        Map<Integer, Node> migrating,
        boolean importing) {

    private static final String RUN_ID = "run_id:";
    /** Of a line, behind which its slots are. */
    private static final int FIELDS = 8;

    /**
     * Reads the replies of one node.
     *
     * @param nodes the text of <a href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>
     * @param info the text of INFO server
     * @throws RespException if that is not in them
     */
    public static NodeView of(Node asked, String nodes, String info) {
        List<String[]> lines = nodes.lines().map(line -> line.split(" ", -1)).toList();
        String[] own = lines.stream()
                .filter(fields -> fields.length >= FIELDS && isMyself(fields))
                .findFirst()
                .orElseThrow(() -> new RespException("a node that does not name itself in CLUSTER NODES: " + asked));
        boolean byName = address(own, asked, true).host().equals(asked.host());
        Map<String, Node> addresses = new HashMap<>();
        lines.stream()
                .filter(fields -> fields.length >= FIELDS)
                .forEach(fields -> addresses.put(fields[0], address(fields, asked, byName)));
        BitSet slots = new BitSet(SlotHash.SLOTS);
        Map<Integer, Node> migrating = new HashMap<>();
        boolean importing = false;
        for (int i = FIELDS; i < own.length; i++) {
            String field = own[i];
            int leaves = field.indexOf("->-");
            if (leaves > 0) {
                Node target = addresses.get(field.substring(leaves + 3, field.length() - 1));
                migrating.put(Integer.parseInt(field.substring(1, leaves)), target == null ? asked : target);
            } else if (field.contains("-<-")) {
                importing = true;
            } else if (!field.isEmpty()) {
                add(slots, field);
            }
        }
        return new NodeView(asked, own[0], process(info), Long.parseLong(own[6]), slots, migrating, importing);
    }

    private static boolean isMyself(String[] fields) {
        return List.of(fields[2].split(",")).contains("myself");
    }

    private static void add(BitSet slots, String range) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
        slots.set(first, last + 1);
    }

    /** Out of {@code 10.0.0.1:6379@16379,redis-0.redis}; a node that is alone knows no address of its own. */
    private static Node address(String[] fields, Node asked, boolean byName) {
        String[] parts = fields[1].split(",", -1);
        String endpoint = parts[0];
        int bus = endpoint.indexOf('@');
        endpoint = bus < 0 ? endpoint : endpoint.substring(0, bus);
        int colon = endpoint.lastIndexOf(':');
        String host = endpoint.substring(0, Math.max(colon, 0));
        if (byName && parts.length > 1 && !parts[1].isEmpty() && parts[1].indexOf('=') < 0) {
            host = parts[1];
        }
        return new Node(host.isEmpty() ? asked.host() : host, Integer.parseInt(endpoint.substring(colon + 1)));
    }

    private static String process(String info) {
        return info.lines()
                .filter(line -> line.startsWith(RUN_ID))
                .map(line -> line.substring(RUN_ID.length()))
                .findFirst()
                // A provider that hides it hides restarts with it.
                .orElse("");
    }
}
