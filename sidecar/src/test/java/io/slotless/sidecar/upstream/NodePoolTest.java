package io.slotless.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.upstream.UpstreamConnection.ConnectionEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodePoolTest {

    private static final Node NODE = new Node("redis-0", 6379);
    private static final Node OTHER_NODE = new Node("redis-1", 6379);
    private static final Identity ANYBODY = new Identity(null, ProtocolVersion.RESP2, 0);
    private static final Identity ANNA = new Identity(new Credentials("anna", "secret"), ProtocolVersion.RESP2, 0);

    private final TickFlusher flusher = new TickFlusher(new DefaultEventLoop());
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<UpstreamConnection> opened = new ArrayList<>();
    private static final int MOST_PRIVATE = 20;
    private long now;

    private final NodePool pool = new NodePool(
            this::open,
            () -> {},
            new NodePool.PoolListener() {
                @Override
                public void connected(Node node) {}

                @Override
                public void disconnected(Node node, Throwable cause) {}
            },
            MOST_PRIVATE,
            () -> now);

    private UpstreamConnection open(Node node, Identity identity, ConnectionEvents events) {
        UpstreamConnection connection = new UpstreamConnection(node, events);
        opened.add(connection);
        return connection;
    }

    @AfterEach
    void close() {
        pool.close();
        assertThat(opened).allMatch(UpstreamConnection::isClosed);
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void oneConnectionIsSharedByAllWhoAgreeInNodeAndIdentity() {
        UpstreamConnection shared = pool.shared(NODE, ANYBODY);
        assertThat(pool.shared(NODE, new Identity(null, ProtocolVersion.RESP2, 0)))
                .isSameAs(shared);
        assertThat(pool.shared(NODE, ANNA)).isNotSameAs(shared);
        assertThat(pool.shared(OTHER_NODE, ANYBODY)).isNotSameAs(shared);
        assertThat(pool.shared(NODE, ANYBODY.withDatabase(1))).isNotSameAs(shared);
        assertThat(pool.shared(NODE, ANYBODY.withProtocol(ProtocolVersion.RESP3)))
                .isNotSameAs(shared);
    }

    @Test
    void aNodeThatFailsIsLeftAloneForLongerAndLongerUpToALimit() {
        List<Long> pauses = new ArrayList<>();
        for (int failure = 0; failure < 9; failure++) {
            UpstreamConnection failing = pool.shared(NODE, ANYBODY);
            failing.end(new IOException("refused"));
            long from = now;
            while (pool.shared(NODE, ANYBODY) == failing) {
                now += TimeUnit.MILLISECONDS.toNanos(1);
            }
            pauses.add(TimeUnit.NANOSECONDS.toMillis(now - from));
        }
        assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 500L, 500L, 500L);
    }

    @Test
    void afterASuccessTheFirstPauseIsShortAgain() {
        for (int failure = 0; failure < 5; failure++) {
            pool.shared(NODE, ANYBODY).end(new IOException("refused"));
            now += TimeUnit.SECONDS.toNanos(1);
        }
        UpstreamConnection good = pool.shared(NODE, ANYBODY);
        makeReady(good);
        good.end(new IOException("lost"));
        // That it was lost is no reason to wait before the next attempt.
        UpstreamConnection next = pool.shared(NODE, ANYBODY);
        assertThat(next).isNotSameAs(good);
        next.end(new IOException("refused"));
        now += TimeUnit.MILLISECONDS.toNanos(10);
        assertThat(pool.shared(NODE, ANYBODY)).isNotSameAs(next);
    }

    @Test
    void onePersonsWrongPasswordKeepsNobodyElseWaiting() {
        UpstreamConnection refused = pool.shared(NODE, ANNA);
        refused.end(new HandshakeException("WRONGPASS"));
        assertThat(pool.shared(NODE, ANNA)).isSameAs(refused);
        assertThat(pool.shared(NODE, ANYBODY).isClosed()).isFalse();
    }

    @Test
    void moreConnectionsForSingleUsersThanAllowedAreRefusedUntilOneIsFree() {
        pool.shared(NODE, ANYBODY);
        List<UpstreamConnection> taken = new ArrayList<>();
        for (int i = 0; i < MOST_PRIVATE; i++) {
            taken.add(pool.takePrivate(i % 2 == 0 ? NODE : OTHER_NODE, ANYBODY));
        }
        UpstreamConnection refused = pool.takePrivate(NODE, ANNA);
        assertThat(refused.isClosed()).isTrue();
        assertThat(pool.shared(OTHER_NODE, ANYBODY).isClosed())
                .as("shared by all")
                .isFalse();
        makeReady(taken.get(0));
        pool.giveBack(taken.get(0), ANYBODY);
        UpstreamConnection free = pool.takePrivate(NODE, ANNA);
        assertThat(free.isClosed()).isFalse();
        free.close();
        assertThat(pool.takePrivate(NODE, ANYBODY)).isSameAs(taken.get(0));
    }

    @Test
    void whatARushHasLeftIsEndedOneByOne() {
        List<UpstreamConnection> taken = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            taken.add(pool.takePrivate(NODE, ANYBODY));
        }
        taken.forEach(this::makeReady);
        taken.forEach(connection -> pool.giveBack(connection, ANYBODY));
        pool.checkStalls(Duration.ofSeconds(10));
        assertThat(taken.stream().filter(UpstreamConnection::isClosed)).containsExactly(taken.get(0));
        for (int second = 0; second < 20; second++) {
            pool.checkStalls(Duration.ofSeconds(10));
        }
        assertThat(taken.stream().filter(UpstreamConnection::isClosed)).hasSize(4);
    }

    @Test
    void aPrivateConnectionIsUsedAgainByTheSameIdentityOnly() {
        UpstreamConnection mine = pool.takePrivate(NODE, ANNA);
        assertThat(pool.takePrivate(NODE, ANNA)).isNotSameAs(mine);
        makeReady(mine);
        pool.giveBack(mine, ANNA);
        assertThat(pool.takePrivate(NODE, ANYBODY)).isNotSameAs(mine);
        assertThat(pool.takePrivate(NODE, ANNA)).isSameAs(mine);
        pool.giveBack(mine, ANNA);
        mine.end(new IOException("lost"));
        assertThat(pool.takePrivate(NODE, ANNA)).isNotSameAs(mine);
    }

    @Test
    void aConnectionThatAClientHoldsUpIsReplacedUntilItIsFreeAgain() {
        UpstreamConnection heldUp = pool.shared(NODE, ANYBODY);
        EmbeddedChannel channel = makeReady(heldUp);
        List<String> replies = new ArrayList<>();
        send(heldUp, replies);
        send(heldUp, replies);
        int before = pool.replacements();
        heldUp.pauseReading();
        assertThat(pool.replacements()).isEqualTo(before + 1);
        UpstreamConnection replacement = pool.shared(NODE, ANYBODY);
        assertThat(replacement).isNotSameAs(heldUp);
        heldUp.resumeReading();
        channel.writeInbound(Unpooled.copiedBuffer("+1\r\n", StandardCharsets.US_ASCII));
        assertThat(pool.takePrivate(NODE, ANYBODY)).isNotSameAs(heldUp);
        channel.writeInbound(Unpooled.copiedBuffer("+2\r\n", StandardCharsets.US_ASCII));
        assertThat(replies).containsExactly("+1", "+2");
        assertThat(pool.shared(NODE, ANYBODY)).isSameAs(replacement);
        assertThat(pool.takePrivate(NODE, ANYBODY)).isSameAs(heldUp);
    }

    @Test
    void aConnectionOnWhichNothingComesIsEnded() {
        UpstreamConnection silent = pool.shared(NODE, ANYBODY);
        EmbeddedChannel channel = makeReady(silent);
        List<String> replies = new ArrayList<>();
        send(silent, replies);
        pool.checkStalls(Duration.ofSeconds(3));
        pool.checkStalls(Duration.ofSeconds(3));
        channel.writeInbound(Unpooled.copiedBuffer("+beg", StandardCharsets.US_ASCII));
        pool.checkStalls(Duration.ofSeconds(3));
        pool.checkStalls(Duration.ofSeconds(3));
        assertThat(silent.isClosed()).isFalse();
        pool.checkStalls(Duration.ofSeconds(3));
        assertThat(silent.isClosed()).isTrue();
        assertThat(replies).last().isEqualTo("redis-0:6379 did not answer within 3 s MAYBE");
    }

    @Test
    void connectionsToNodesThatHaveLeftGoWhenNobodyWaitsOnThem() {
        UpstreamConnection busy = pool.shared(NODE, ANYBODY);
        makeReady(busy);
        send(busy, new ArrayList<>());
        UpstreamConnection quiet = pool.shared(OTHER_NODE, ANYBODY);
        makeReady(quiet);
        pool.retainNodes(Set.of());
        assertThat(busy.isClosed()).isFalse();
        assertThat(quiet.isClosed()).isTrue();
    }

    private EmbeddedChannel makeReady(UpstreamConnection connection) {
        EmbeddedChannel channel = new EmbeddedChannel(new UpstreamHandler(connection, flusher, null));
        channels.add(channel);
        connection.becomeReady();
        return channel;
    }

    private void send(UpstreamConnection connection, List<String> replies) {
        ByteBuf command = Unpooled.copiedBuffer("PING\r\n", StandardCharsets.US_ASCII);
        connection.send(command, 0, command.readableBytes(), new ReplyReceiver() {
            @Override
            public void ready(UpstreamConnection ready) {}

            @Override
            public void reply(
                    UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
                replies.add(buffer.toString(offset, length, StandardCharsets.US_ASCII)
                        .strip());
            }

            @Override
            public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
                replies.add(cause.getMessage() + " " + executed);
            }
        });
        flusher.run();
    }
}
