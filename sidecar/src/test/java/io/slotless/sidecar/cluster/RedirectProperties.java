package io.slotless.sidecar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RedirectProperties {

    private static final Node ASKED = new Node("asked", 1);

    @Property
    void redirectIsReadBack(
            @ForAll @IntRange(max = 16383) int slot,
            @ForAll @IntRange(max = 65535) int port,
            @ForAll("hosts") String host) {
        ByteBuf in = Unpooled.copiedBuffer("-MOVED " + slot + " " + host + ":" + port + "\r\n", StandardCharsets.UTF_8);
        assertThat(Redirect.parse(in, 0, in.writerIndex(), ASKED))
                .isEqualTo(new Redirect.Moved(slot, new Node(host, port)));
    }

    @Property
    void anyErrorIsARedirectOrNot(@ForAll("almostRedirects") String text) {
        ByteBuf in = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        Redirect redirect = Redirect.parse(in, 0, in.writerIndex(), ASKED);
        assertThat(redirect == null || redirect.slot() < SlotHash.SLOTS).isTrue();
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.of("10.0.0.1", "::1", "fe80::1", "redis-0.redis.ns.svc.cluster.local", "h");
    }

    @Provide
    Arbitrary<String> almostRedirects() {
        return Arbitraries.of("MOVED", "ASK", " ", " ", "1", "16384", ":", "h", "99999999999", "\r\n", "-", "é")
                .list()
                .ofMaxSize(10)
                .map(parts -> "-" + String.join("", parts));
    }
}
