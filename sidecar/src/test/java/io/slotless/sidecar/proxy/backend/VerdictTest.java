package io.slotless.sidecar.proxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.Node;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    private static final Node ASKED = new Node("10.0.0.9", 7000);

    @Test
    void movedAndAskAreFollowed() {
        assertThat(of("MOVED 12182 10.0.0.1:6379")).isEqualTo(new Verdict.Moved(12182, new Node("10.0.0.1", 6379)));
        assertThat(of("ASK 12182 10.0.0.1:6379")).isEqualTo(new Verdict.Ask(new Node("10.0.0.1", 6379)));
    }

    @Test
    void withoutAHostTheNodeThatWasAskedIsMeant() {
        assertThat(of("MOVED 1 :6380")).isEqualTo(new Verdict.Moved(1, new Node("10.0.0.9", 6380)));
    }

    @Test
    void whatWillPassIsWaitedFor() {
        assertThat(of("TRYAGAIN Multiple keys request during rehashing of slot"))
                .isEqualTo(new Verdict.Later(RedirectKind.TRYAGAIN));
        assertThat(of("CLUSTERDOWN The cluster is down")).isEqualTo(new Verdict.Later(RedirectKind.CLUSTERDOWN));
        assertThat(of("READONLY You can't write against a read only replica."))
                .isEqualTo(new Verdict.Later(RedirectKind.CLUSTERDOWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR unknown command",
                "WRONGTYPE Operation against a key",
                "MOVEDX 1 a:1",
                "MOVED",
                "NOSCRIPT No matching"
            })
    void everythingElseIsTheClients(String error) {
        assertThat(of(error)).isEqualTo(Verdict.Deliver.IT);
    }

    private static Verdict of(String error) {
        ByteBuf line = Unpooled.copiedBuffer("-" + error + "\r\n", StandardCharsets.UTF_8);
        return Verdict.of(line, 0, line.readableBytes(), ASKED);
    }
}
