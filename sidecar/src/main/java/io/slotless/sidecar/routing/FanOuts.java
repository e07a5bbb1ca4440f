package io.slotless.sidecar.routing;

import static java.util.Map.entry;

import io.netty.util.AsciiString;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.RequestPolicy;
import io.slotless.sidecar.command.ResponsePolicy;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.ClusterHandling.ByArguments;
import io.slotless.sidecar.routing.ClusterHandling.Fixed;
import io.slotless.sidecar.routing.fanout.Aggregates;
import io.slotless.sidecar.routing.fanout.Agreement;
import io.slotless.sidecar.routing.fanout.Latency;
import io.slotless.sidecar.routing.fanout.Logs;
import io.slotless.sidecar.routing.fanout.MemoryStats;
import io.slotless.sidecar.routing.fanout.OneServer;
import io.slotless.sidecar.routing.fanout.ReplyMerge;
import io.slotless.sidecar.routing.fanout.Reports;
import io.slotless.sidecar.routing.fanout.Subscribers;
import java.util.Map;

/**
 * Commands to several nodes: by Redis's own command tips, where these say all (so that a server's COMMAND brings those of
 * its modules), and the others by name.
 */
final class FanOuts {

    private static final AsciiString RESET = AsciiString.cached("reset");

    /** Of SLOWLOG GET and ACL LOG, when the client says no number. */
    private static final int ENTRIES = 10;

    /** By the name in the command table. */
    static final Map<String, ClusterHandling> SPECIAL = Map.ofEntries(
            // What is different on a replica shows when it becomes a primary.
            entry("acl|deluser", to(Reach.NODES, Agreement.OF_NODES)),
            entry("acl|load", to(Reach.NODES, Agreement.OF_NODES)),
            entry("acl|save", to(Reach.NODES, Agreement.OF_NODES)),
            entry("acl|setuser", to(Reach.NODES, Agreement.OF_NODES)),
            entry("config|rewrite", to(Reach.NODES, Agreement.OF_NODES)),
            entry("config|set", to(Reach.NODES, Agreement.OF_NODES)),
            entry("acl|log", new ByArguments(FanOuts::aclLog)),
            entry("commandlog|get", new ByArguments(FanOuts::slowLog)),
            entry("slowlog|get", new ByArguments(FanOuts::slowLog)),
            entry("config|get", to(Reach.REACHABLE, OneServer.config("no"))),
            entry("config|resetstat", to(Reach.NODES, Agreement.OF_PRIMARIES)),
            entry("function|stats", to(Reach.SHARDS_BESIDE, OneServer.FUNCTION_STATS)),
            entry("role", to(Reach.REACHABLE, OneServer.ROLE)),
            // Behind the script on the connection that runs it, it would wait for that.
            entry("function|kill", to(Reach.SHARDS_BESIDE, Agreement.OF_ONE)),
            entry("script|kill", to(Reach.SHARDS_BESIDE, Agreement.OF_ONE)),
            // Behind what is paused on the connection, nothing would ever be told to go on.
            entry("client|pause", to(Reach.SHARDS_BESIDE, Agreement.OF_PRIMARIES)),
            entry("client|unpause", to(Reach.SHARDS_BESIDE, Agreement.OF_PRIMARIES)),
            entry("bgrewriteaof", to(Reach.SHARDS, Agreement.OF_PRIMARIES)),
            entry("bgsave", to(Reach.SHARDS, Agreement.OF_PRIMARIES)),
            entry("save", to(Reach.SHARDS, Agreement.OF_PRIMARIES)),
            // What is saved of all is as old as the oldest.
            entry("lastsave", to(Reach.SHARDS, Aggregates.MIN)),
            entry("latency|doctor", to(Reach.SHARDS, Reports.OF_ALL)),
            entry("latency|graph", to(Reach.SHARDS, Reports.OF_SOME)),
            entry("latency|histogram", to(Reach.SHARDS, Latency.HISTOGRAM)),
            entry("latency|history", to(Reach.SHARDS, Latency.HISTORY)),
            entry("latency|latest", to(Reach.SHARDS, Latency.LATEST)),
            entry("latency|reset", to(Reach.SHARDS, Aggregates.SUM)),
            entry("memory|doctor", to(Reach.SHARDS, Reports.OF_ALL)),
            entry("memory|malloc-stats", to(Reach.SHARDS, Reports.OF_ALL)),
            entry("memory|stats", to(Reach.SHARDS, MemoryStats.MERGE)),
            entry("pubsub|channels", to(Reach.SHARDS, Subscribers.NAMES)),
            // All patterns of ours live at one node, some of them at the others, too.
            entry("pubsub|numpat", to(Reach.SHARDS, Aggregates.MAX)),
            entry("pubsub|numsub", to(Reach.SHARDS, Subscribers.COUNTS)),
            entry("pubsub|shardchannels", to(Reach.SHARDS, Subscribers.NAMES)),
            entry("pubsub|shardnumsub", to(Reach.SHARDS, Subscribers.COUNTS)));

    /** CONFIG GET to a client that sees a cluster. */
    static final ClusterHandling CONFIG_OF_CLUSTER = to(Reach.REACHABLE, OneServer.config("yes"));

    private FanOuts() {}

    /**
     * The route of a command whose tips say that it goes to more than one node. What is done is done at replicas, too, where
     * the tips say so; what is asked is asked of primaries only: no command of ours runs at a replica, and a single server
     * does not tell what its replicas count.
     */
    static Route byTips(Command command) {
        RequestPolicy where = command.requestPolicy();
        ResponsePolicy how = command.responsePolicy();
        boolean known = where == RequestPolicy.ALL_NODES || where == RequestPolicy.ALL_SHARDS;
        if (!known || how == ResponsePolicy.SPECIAL) {
            return Refusals.unknownPolicy(command);
        }
        boolean nodes = where == RequestPolicy.ALL_NODES && how == ResponsePolicy.ALL_SUCCEEDED;
        return new Route.FanOut(nodes ? Reach.NODES : Reach.SHARDS, Aggregates.of(how));
    }

    private static ClusterHandling to(Reach reach, ReplyMerge merge) {
        return new Fixed(new Route.FanOut(reach, merge));
    }

    private static Route slowLog(CommandFrame frame) {
        return new Route.FanOut(Reach.SHARDS, Logs.slow(count(frame)));
    }

    private static Route aclLog(CommandFrame frame) {
        boolean reset = frame.argumentCount() > 2 && frame.argumentEqualsIgnoreCase(2, RESET);
        return new Route.FanOut(Reach.SHARDS, reset ? Agreement.OF_PRIMARIES : Logs.acl(count(frame)));
    }

    /** What is no number is the server's to refuse. */
    private static long count(CommandFrame frame) {
        return frame.argumentCount() > 2 ? frame.argumentAsLong(2, ENTRIES) : ENTRIES;
    }
}
