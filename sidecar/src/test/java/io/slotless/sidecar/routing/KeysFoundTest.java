package io.slotless.sidecar.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeysFoundTest {

    @Test
    void keysOfOneSlot() {
        int slot = SlotHash.slot(Unpooled.copiedBuffer("t", StandardCharsets.US_ASCII), 0, 1);
        assertThat(route("*2\r\n$4\r\n{t}a\r\n$4\r\n{t}b\r\n")).isEqualTo(Route.ToSlot.of(slot));
    }

    @Test
    void keysOfTwoSlots() {
        assertThat(route("*2\r\n$1\r\na\r\n$1\r\nb\r\n")).isSameAs(Refusals.CROSSSLOT);
    }

    @Test
    void noKeysAndErrorsAreForAnyNode() {
        assertThat(route("*0\r\n")).isSameAs(Route.ToAnyNode.ROUTE);
        assertThat(route("-ERR The command has no key arguments\r\n")).isSameAs(Route.ToAnyNode.ROUTE);
        assertThat(route("!3\r\nERR\r\n")).isSameAs(Route.ToAnyNode.ROUTE);
    }

    @Test
    void whatIsNoListOfKeysIsAnError() {
        for (String reply : new String[] {"+OK\r\n", "*1\r\n:1\r\n", "*-1\r\n", "*1\r\n$1"}) {
            assertThat(route(reply)).as(reply).isInstanceOf(Route.Reject.class);
        }
    }

    private static Route route(String reply) {
        return KeysFound.route(Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII));
    }
}
