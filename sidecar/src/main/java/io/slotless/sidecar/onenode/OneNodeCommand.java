package io.slotless.sidecar.onenode;

import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands that are about the cluster itself, as {@link OneNode} answers them. */
public enum OneNodeCommand {
    ASKING("asking", (node, frame) -> SimpleString.OK),
    COUNT_FAILURE_REPORTS(
            "cluster|count-failure-reports", (node, frame) -> node.ifKnown(frame.argument(2), new IntegerValue(0))),
    HELP("cluster|help", (node, frame) -> ClusterHelp.REPLY),
    INFO("cluster|info", (node, frame) -> node.info()),
    KEYSLOT(
            "cluster|keyslot",
            (node, frame) ->
                    new IntegerValue(SlotHash.slot(frame.buffer(), frame.argumentOffset(2), frame.argumentLength(2)))),
    LINKS("cluster|links", (node, frame) -> OneNode.none()),
    MYID("cluster|myid", (node, frame) -> RespValue.bulk(node.id())),
    MYSHARDID("cluster|myshardid", (node, frame) -> RespValue.bulk(node.shardId())),
    NODES("cluster|nodes", (node, frame) -> node.nodes()),
    READONLY("readonly", (node, frame) -> SimpleString.OK),
    READWRITE("readwrite", (node, frame) -> SimpleString.OK),
    REPLICAS("cluster|replicas", (node, frame) -> node.ifKnown(frame.argument(2), OneNode.none())),
    SHARDS("cluster|shards", (node, frame) -> node.shards()),
    SLAVES("cluster|slaves", (node, frame) -> node.ifKnown(frame.argument(2), OneNode.none())),
    SLOTS("cluster|slots", (node, frame) -> node.slots()),
    /** Any other subcommand would change a cluster that is not there. */
    REFUSED(
            "",
            (node, frame) -> new RespValue.SimpleError("ERR slotless: CLUSTER "
                    + frame.argument(1).toUpperCase(Locale.ROOT)
                    + " is not possible here: the cluster is one node made up for clients (presentAs: CLUSTER)"));

    private static final Map<String, OneNodeCommand> BY_NAME = new HashMap<>();

    static {
        for (OneNodeCommand command : values()) {
            BY_NAME.put(command.commandName, command);
        }
    }

    private final String commandName;
    private final Answer answer;

    OneNodeCommand(String commandName, Answer answer) {
        this.commandName = commandName;
        this.answer = answer;
    }

    /**
     * The one with this name in the command table, lower case, subcommands as {@code cluster|slots}; null for what is not
     * about the cluster.
     */
    public static @Nullable OneNodeCommand named(String name) {
        return BY_NAME.getOrDefault(name, name.startsWith("cluster|") ? REFUSED : null);
    }

    /** @param frame the command, with the right number of arguments */
    public RespValue answer(OneNode node, CommandFrame frame) {
        return answer.of(node, frame);
    }

    private interface Answer {
        RespValue of(OneNode node, CommandFrame frame);
    }
}
