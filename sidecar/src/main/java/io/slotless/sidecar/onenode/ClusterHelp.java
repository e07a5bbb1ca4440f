package io.slotless.sidecar.onenode;

import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import java.util.stream.Stream;

/** CLUSTER HELP: the subcommands that are answered, in the form of Redis's own helps. */
final class ClusterHelp {

    static final ArrayValue REPLY = new ArrayValue(Stream.of(
                    "CLUSTER <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
                    "COUNT-FAILURE-REPORTS <node-id>",
                    "    0: the only node has not failed.",
                    "COUNTKEYSINSLOT <slot>",
                    "    Number of keys in a slot; with a Redis Cluster behind.",
                    "GETKEYSINSLOT <slot> <count>",
                    "    Keys in a slot; with a Redis Cluster behind.",
                    "INFO",
                    "    State of the cluster.",
                    "KEYSLOT <key>",
                    "    Slot of a key.",
                    "LINKS",
                    "    None: there is no other node.",
                    "MYID",
                    "    Id of the only node.",
                    "MYSHARDID",
                    "    Id of the only shard.",
                    "NODES",
                    "    The only node, as a line.",
                    "REPLICAS <node-id>",
                    "    None.",
                    "SHARDS",
                    "    The only shard, with all slots.",
                    "SLOTS",
                    "    All slots, at the address that you are connected to.",
                    "HELP",
                    "    Print this help.")
            .<RespValue>map(SimpleString::new)
            .toList());

    private ClusterHelp() {}
}
