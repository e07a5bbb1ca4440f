package io.slotless.sidecar.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.RespException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeViewTest {

    private static final Node ASKED = new Node("10.0.0.1", 7000);
    private static final String INFO = "# Server\r\nredis_version:7.0.15\r\nrun_id:abc\r\n";

    @Test
    void readsWhatTheNodeSaysOfItself() {
        NodeView view = NodeView.of(ASKED, """
                bb 10.0.0.2:7000@17000 master - 0 1 2 connected 1-99
                aa 10.0.0.1:7000@17000 myself,master - 0 0 7 connected 0 100-102 16383
                """, INFO);
        assertThat(view.id()).isEqualTo("aa");
        assertThat(view.process()).isEqualTo("abc");
        assertThat(view.epoch()).isEqualTo(7);
        assertThat(view.slots().stream()).containsExactly(0, 100, 101, 102, 16383);
        assertThat(view.migrating()).isEmpty();
        assertThat(view.importing()).isFalse();
    }

    @Test
    void slotsOnTheirWayHaveATarget() {
        NodeView view = NodeView.of(ASKED, """
                aa 10.0.0.1:7000@17000 myself,master - 0 0 7 connected 0-100 [93-<-cc] [77->-bb]
                bb 10.0.0.2:7001@17000 master - 0 1 2 connected
                cc 10.0.0.3:7000@17000 master - 0 1 3 connected 101-16383
                """, INFO);
        assertThat(view.migrating()).isEqualTo(Map.of(77, new Node("10.0.0.2", 7001)));
        assertThat(view.importing()).isTrue();
    }

    @Test
    void nodesAreCalledByNameWhereTheAskedOneIs() {
        String nodes = """
                aa 10.0.0.1:7000@17000,redis-0.redis myself,master - 0 0 7 connected 0-100 [77->-bb]
                bb 10.0.0.2:7001@17000,redis-1.redis master - 0 1 2 connected
                """;
        assertThat(NodeView.of(new Node("redis-0.redis", 7000), nodes, INFO).migrating())
                .isEqualTo(Map.of(77, new Node("redis-1.redis", 7001)));
        assertThat(NodeView.of(ASKED, nodes, INFO).migrating()).isEqualTo(Map.of(77, new Node("10.0.0.2", 7001)));
    }

    @Test
    void aNodeThatIsAloneKnowsNoAddress() {
        assertThat(NodeView.of(ASKED, "aa :7000@17000 myself,master - 0 0 0 connected", INFO)
                        .slots()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatIsNotClusterNodesIsRefused() {
        assertThatThrownBy(() -> NodeView.of(ASKED, "nonsense", INFO)).isInstanceOf(RespException.class);
    }
}
