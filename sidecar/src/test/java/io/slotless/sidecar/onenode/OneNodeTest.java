package io.slotless.sidecar.onenode;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.cluster.ClusterSlots;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.SimpleError;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import io.slotless.sidecar.resp.RespValue.VerbatimString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneNodeTest {

    private static final Node ADDRESS = new Node("127.0.0.3", 6380);

    private final OneNode node = OneNode.of("redis.shop.svc.cluster.local", ADDRESS);

    @Test
    void ownsAllSlotsWhereItsClientsReachIt() {
        Topology topology = ClusterSlots.view(answer("CLUSTER", "SLOTS"), new Node("unused", 1))
                .topology();
        assertThat(topology.coversAllSlots()).isTrue();
        assertThat(topology.nodes()).containsExactly(ADDRESS);
    }

    @Test
    void isTheSameNodeAfterARestartAndAnotherThanThatOfAnotherHost() {
        OneNode again = OneNode.of("redis.shop.svc.cluster.local", new Node("127.0.0.1", 6379));
        assertThat(node.id()).matches("[0-9a-f]{40}").isEqualTo(again.id());
        assertThat(node.shardId())
                .matches("[0-9a-f]{40}")
                .isEqualTo(again.shardId())
                .isNotEqualTo(node.id());
        assertThat(OneNode.of("other", ADDRESS).id()).isNotEqualTo(node.id());
    }

    @Test
    void allAnswersTellOfTheSameNode() {
        assertThat(answer("CLUSTER", "MYID")).isEqualTo(RespValue.bulk(node.id()));
        assertThat(answer("CLUSTER", "MYSHARDID")).isEqualTo(RespValue.bulk(node.shardId()));
        assertThat(((VerbatimString) answer("CLUSTER", "NODES")).text())
                .isEqualTo(node.id() + " 127.0.0.3:6380@16380 myself,master - 0 0 1 connected 0-16383\n");
        assertThat(answer("CLUSTER", "SHARDS").toString()).contains(node.id(), "127.0.0.3", "6380", "master", "online");
        assertThat(((VerbatimString) answer("CLUSTER", "INFO")).text())
                .contains("cluster_state:ok\r\n", "cluster_slots_ok:16384\r\n", "cluster_known_nodes:1\r\n");
    }

    @Test
    void theBusPortIsAPort() {
        OneNode high = OneNode.of("h", new Node("127.0.0.1", 60_000));
        assertThat(answer(high, "CLUSTER", "NODES").toString()).contains("127.0.0.1:60000@60000 ");
    }

    @Test
    void keysHaveTheSlotsThatTheyHaveEverywhere() {
        assertThat(answer("CLUSTER", "KEYSLOT", "foo")).isEqualTo(new IntegerValue(12_182));
        assertThat(answer("CLUSTER", "KEYSLOT", "x{foo}")).isEqualTo(new IntegerValue(12_182));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPLICAS", "SLAVES", "COUNT-FAILURE-REPORTS"})
    void questionsAboutANodeNeedOneThatIsThere(String subcommand) {
        assertThat(answer("CLUSTER", subcommand, node.id())).isIn(OneNode.none(), new IntegerValue(0));
        assertThat(answer("CLUSTER", subcommand, "x")).isEqualTo(new SimpleError("ERR Unknown node x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"READONLY", "READWRITE", "ASKING"})
    void whatClusterClientsSayToANodeIsFine(String command) {
        assertThat(answer(command)).isEqualTo(SimpleString.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILOVER", "MEET", "ADDSLOTS", "RESET", "FORGET", "SETSLOT", "FLUSHSLOTS", "BUMPEPOCH"})
    void whatWouldChangeAClusterIsRefused(String subcommand) {
        assertThat(answer("CLUSTER", subcommand))
                .isEqualTo(new SimpleError("ERR slotless: CLUSTER " + subcommand
                        + " is not possible here: the cluster is one node made up for clients (presentAs: CLUSTER)"));
    }

    @Test
    void everySubcommandIsHandledAndNoOtherCommand() {
        for (Command command : CommandTable.builtIn().commands()) {
            boolean about =
                    command.name().startsWith("cluster|") || command.name().matches("asking|readonly|readwrite");
            assertThat(OneNodeCommand.named(command.name()) != null)
                    .as(command.name())
                    .isEqualTo(about);
        }
    }

    private RespValue answer(String... command) {
        return answer(node, command);
    }

    private static RespValue answer(OneNode node, String... words) {
        CommandFrame frame = CommandFrame.of(words);
        String name =
                words[0].toLowerCase(Locale.ROOT) + (words.length > 1 ? "|" + words[1].toLowerCase(Locale.ROOT) : "");
        @Nullable OneNodeCommand command = OneNodeCommand.named(name);
        assertThat(command).isNotNull();
        return command.answer(node, frame);
    }
}
