package io.slotless.sidecar.cluster;

import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.NullValue;
import io.slotless.sidecar.resp.RespValue.SimpleError;
import java.util.List;

/** The reply to <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a> as a view of the cluster. */
public final class ClusterSlots {

    /** Not the host that was asked, says the documentation, but an unknown one. */
    private static final String HOSTNAME_NOT_SET = "?";

    private ClusterSlots() {}

    /**
     * The view that the reply tells of.
     *
     * @param asked who answered: a node without a host is to be reached at the same host
     * @throws RespException if the reply is an error or has another form
     */
    public static TopologyView view(RespValue reply, Node asked) {
        if (reply instanceof SimpleError error) {
            throw new RespException(error.text());
        }
        return new TopologyView(
                list(reply).stream().map(row -> range(list(row), asked)).toList());
    }

    private static SlotRange range(List<RespValue> row, Node asked) {
        if (row.size() < 3) {
            throw new RespException("a range of slots without a node: " + row);
        }
        int first = number(row.get(0), SlotHash.SLOTS - 1);
        int last = number(row.get(1), SlotHash.SLOTS - 1);
        if (first > last) {
            throw new RespException("not a range of slots: " + row);
        }
        List<Node> nodes = row.subList(2, row.size()).stream()
                .map(node -> node(list(node), asked))
                .toList();
        return new SlotRange(first, last, nodes.get(0), nodes.subList(1, nodes.size()));
    }

    private static Node node(List<RespValue> node, Node asked) {
        if (node.size() < 2) {
            throw new RespException("a node without a port: " + node);
        }
        String host = text(node.get(0));
        if (host.equals(HOSTNAME_NOT_SET) && node.size() > 3) {
            host = address(node.get(3));
        }
        return new Node(host.isEmpty() ? asked.host() : host, number(node.get(1), 65535));
    }

    /** Out of the metadata of a node that is to be announced by its host name but was given none. */
    private static String address(RespValue metadata) {
        if (metadata instanceof MapValue map) {
            return map.entries().stream()
                    .filter(entry -> text(entry.getKey()).equals("ip"))
                    .map(entry -> text(entry.getValue()))
                    .findFirst()
                    .orElse(HOSTNAME_NOT_SET);
        }
        List<RespValue> pairs = list(metadata);
        int ip = pairs.indexOf(RespValue.bulk("ip"));
        return ip < 0 || ip + 1 == pairs.size() ? HOSTNAME_NOT_SET : text(pairs.get(ip + 1));
    }

    private static String text(RespValue value) {
        if (value instanceof NullValue) {
            return "";
        }
        if (value instanceof BulkString bulk) {
            return bulk.text();
        }
        throw new RespException("not a string: " + value);
    }

    private static int number(RespValue value, int max) {
        if (value instanceof IntegerValue integer && integer.value() >= 0 && integer.value() <= max) {
            return (int) integer.value();
        }
        throw new RespException("not a number up to " + max + ": " + value);
    }

    private static List<RespValue> list(RespValue value) {
        if (value instanceof ArrayValue array) {
            return array.elements();
        }
        throw new RespException("not an array: " + value);
    }
}
