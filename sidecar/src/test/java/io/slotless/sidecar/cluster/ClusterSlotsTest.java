package io.slotless.sidecar.cluster;

import static io.slotless.sidecar.resp.RespValue.array;
import static io.slotless.sidecar.resp.RespValue.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.NullValue;
import io.slotless.sidecar.resp.RespValue.SimpleError;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterSlotsTest {

    private static final Node ASKED = new Node("redis-cluster.redis", 6379);

    @Test
    void eachRowIsARangeOfSlots() {
        RespValue reply = array(
                array(number(0), number(5460), node("10.0.0.1", 6379), node("10.0.0.4", 6379)),
                array(number(5461), number(16383), node("10.0.0.2", 6380)));
        assertThat(ClusterSlots.view(reply, ASKED))
                .isEqualTo(new TopologyView(List.of(
                        new SlotRange(0, 5460, new Node("10.0.0.1", 6379), List.of(new Node("10.0.0.4", 6379))),
                        new SlotRange(5461, 16383, new Node("10.0.0.2", 6380), List.of()))));
    }

    @Test
    void nodeWithoutHostIsAtTheHostThatWasAsked() {
        assertThat(primary(array(bulk(""), number(7000)))).isEqualTo(new Node(ASKED.host(), 7000));
        assertThat(primary(array(NullValue.BULK_STRING, number(7000)))).isEqualTo(new Node(ASKED.host(), 7000));
    }

    @Test
    void nodeThatHasNoHostNameYetIsReachedByItsAddress() {
        MapValue map = new MapValue(List.of(Map.entry(bulk("ip"), bulk("10.0.0.9"))));
        assertThat(primary(array(bulk("?"), number(7000), bulk("id"), map))).isEqualTo(new Node("10.0.0.9", 7000));
        assertThat(primary(array(bulk("?"), number(7000), bulk("id"), array(bulk("ip"), bulk("10.0.0.9")))))
                .isEqualTo(new Node("10.0.0.9", 7000));
    }

    @Test
    void emptyClusterCoversNothing() {
        assertThat(ClusterSlots.view(array(), ASKED).slots()).isZero();
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoReplyToClusterSlotsIsRefused(RespValue reply) {
        assertThatThrownBy(() -> ClusterSlots.view(reply, ASKED)).isInstanceOf(RespException.class);
    }

    static Stream<RespValue> whatIsNoReplyToClusterSlotsIsRefused() {
        return Stream.of(
                new SimpleError("ERR This instance has cluster support disabled"),
                bulk("x"),
                array(bulk("x")),
                array(array(number(0), number(1))),
                array(array(number(2), number(1), node("h", 1))),
                array(array(number(0), number(16384), node("h", 1))),
                array(array(number(0), number(1), array(bulk("h")))),
                array(array(number(0), number(1), array(bulk("h"), number(65536)))));
    }

    private static Node primary(RespValue node) {
        return ClusterSlots.view(array(array(number(0), number(16383), node)), ASKED)
                .ranges()
                .get(0)
                .primary();
    }

    private static RespValue node(String host, int port) {
        return array(bulk(host), number(port), bulk("0123456789abcdef"), array());
    }

    private static RespValue number(long value) {
        return new IntegerValue(value);
    }
}
