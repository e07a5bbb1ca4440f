package io.slotless.sidecar.onenode;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.VerbatimString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The only node of a cluster, a primary without replicas. Its answers have the fields that those of a real node have
 * (Redis 7.0, cluster.c).
 *
 * @param id 40 hexadecimal digits
 * @param shardId 40 hexadecimal digits
 * @param address where its clients reach it
 */
public record OneNode(String id, String shardId, Node address) {

    private static final RespValue NO_ADDRESSES_MORE = new MapValue(List.of());
    private static final IntegerValue FIRST_SLOT = new IntegerValue(0);
    private static final IntegerValue LAST_SLOT = new IntegerValue(16_383);

    /** The cluster bus is where it is by default, though nobody listens there. */
    private static final int BUS_OFFSET = 10_000;

    /** The node that stands for a host: with the same id wherever and whenever it is asked. */
    public static OneNode of(String host, Node address) {
        return new OneNode(sha1("node " + host), sha1("shard " + host), address);
    }

    /** CLUSTER SLOTS. */
    RespValue slots() {
        return RespValue.array(RespValue.array(
                FIRST_SLOT,
                LAST_SLOT,
                RespValue.array(
                        RespValue.bulk(address.host()),
                        new IntegerValue(address.port()),
                        RespValue.bulk(id),
                        NO_ADDRESSES_MORE)));
    }

    /** CLUSTER SHARDS. */
    RespValue shards() {
        RespValue node = map(
                field("id", RespValue.bulk(id)),
                field("port", new IntegerValue(address.port())),
                field("ip", RespValue.bulk(address.host())),
                field("endpoint", RespValue.bulk(address.host())),
                field("role", RespValue.bulk("master")),
                field("replication-offset", new IntegerValue(0)),
                field("health", RespValue.bulk("online")));
        return RespValue.array(
                map(field("slots", RespValue.array(FIRST_SLOT, LAST_SLOT)), field("nodes", RespValue.array(node))));
    }

    /** CLUSTER NODES. */
    RespValue nodes() {
        return text(id + " " + address.host() + ":" + address.port() + "@" + busPort()
                + " myself,master - 0 0 1 connected 0-16383\n");
    }

    /** CLUSTER INFO. */
    RespValue info() {
        return text(String.join(
                "\r\n",
                "cluster_state:ok",
                "cluster_slots_assigned:16384",
                "cluster_slots_ok:16384",
                "cluster_slots_pfail:0",
                "cluster_slots_fail:0",
                "cluster_known_nodes:1",
                "cluster_size:1",
                "cluster_current_epoch:1",
                "cluster_my_epoch:1",
                "cluster_stats_messages_sent:0",
                "cluster_stats_messages_received:0",
                "total_cluster_links_buffer_limit_exceeded:0",
                ""));
    }

    /** CLUSTER REPLICAS and CLUSTER COUNT-FAILURE-REPORTS are about a node that must be known. */
    RespValue ifKnown(String node, RespValue answer) {
        return node.equals(id) ? answer : new RespValue.SimpleError("ERR Unknown node " + node);
    }

    private int busPort() {
        return address.port() + BUS_OFFSET > 65_535 ? address.port() : address.port() + BUS_OFFSET;
    }

    private static RespValue text(String text) {
        return new VerbatimString("txt", text);
    }

    @SafeVarargs
    private static RespValue map(Map.Entry<RespValue, RespValue>... fields) {
        return new MapValue(List.of(fields));
    }

    private static Map.Entry<RespValue, RespValue> field(String name, RespValue value) {
        return Map.entry(BulkString.of(name), value);
    }

    static ArrayValue none() {
        return new ArrayValue(List.of());
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
