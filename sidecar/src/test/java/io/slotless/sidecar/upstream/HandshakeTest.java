package io.slotless.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private final TickFlusher flusher = new TickFlusher(new DefaultEventLoop());
    private final UpstreamConnection connection = new UpstreamConnection(new Node("redis", 6379), new NoEvents());
    private final EmbeddedChannel channel = new EmbeddedChannel(new UpstreamHandler(connection, flusher, null));
    private final List<String> outcomes = new ArrayList<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aPlainConnectionIsReadyAtOnce() {
        start(new Identity(null, ProtocolVersion.RESP2, 0));
        assertThat(outcomes).containsExactly("ready");
        assertThat(sent()).isEmpty();
    }

    @Test
    void allThatMakesAnIdentityGoesInOneWrite() {
        start(new Identity(new Credentials("anna", "secret"), ProtocolVersion.RESP3, 2));
        assertThat(sent()).isEqualTo(wire("AUTH", "anna", "secret") + wire("HELLO", "3") + wire("SELECT", "2"));
        answer("+OK\r\n%1\r\n+proto\r\n:3\r\n");
        assertThat(outcomes).isEmpty();
        answer("+OK\r\n");
        assertThat(outcomes).containsExactly("ready");
    }

    @Test
    void optionsOfAConnectionComeLast() {
        start(new Identity(null, ProtocolVersion.RESP2, 2).withNoTouch(true));
        assertThat(sent()).isEqualTo(wire("SELECT", "2") + wire("CLIENT", "NO-TOUCH", "ON"));
    }

    @Test
    void aPasswordAloneIsTheDefaultUsers() {
        start(new Identity(new Credentials(null, "secret"), ProtocolVersion.RESP2, 0));
        assertThat(sent()).isEqualTo(wire("AUTH", "secret"));
    }

    @Test
    void theFirstErrorCountsWholeThoughItComesInPieces() {
        start(new Identity(new Credentials(null, "wrong"), ProtocolVersion.RESP3, 0));
        answer("-WRONGPASS invalid username");
        answer("-password pair\r\n-NOAUTH HELLO must be called");
        assertThat(outcomes).isEmpty();
        answer(" with the client already authenticated\r\n");
        assertThat(outcomes).containsExactly("WRONGPASS invalid username-password pair");
    }

    @Test
    void aConnectionThatEndsBeforeItIsReadyTellsThatToWhoWaits() {
        List<String> waiting = new ArrayList<>();
        connection.await(new ReplyReceiver() {
            @Override
            public void ready(UpstreamConnection ready) {
                waiting.add("ready");
            }

            @Override
            public void reply(
                    UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {}

            @Override
            public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
                waiting.add(executed.toString());
            }
        });
        start(new Identity(new Credentials(null, "secret"), ProtocolVersion.RESP2, 0));
        channel.close();
        assertThat(waiting).containsExactly("NO");
        assertThat(outcomes).isEmpty();
    }

    private void start(Identity identity) {
        Handshake.start(
                connection, identity, refused -> outcomes.add(refused == null ? "ready" : refused.getMessage()));
        flusher.run();
    }

    private void answer(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        ByteBuf piece;
        while ((piece = channel.readOutbound()) != null) {
            text.append(piece.toString(StandardCharsets.US_ASCII));
            piece.release();
        }
        return text.toString();
    }

    private static String wire(String... words) {
        CommandFrame frame = CommandFrame.of(words);
        return frame.buffer().toString(frame.offset(), frame.length(), StandardCharsets.US_ASCII);
    }
}
