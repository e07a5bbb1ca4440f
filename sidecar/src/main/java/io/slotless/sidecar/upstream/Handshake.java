package io.slotless.sidecar.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a fresh connection what its {@link Identity} says: AUTH, HELLO, SELECT, CLIENT NO-TOUCH, CLIENT TRACKING, all in one write. The first error ends
 * it with the server's own text.
 */
final class Handshake {

    private final Consumer<@Nullable HandshakeException> done;
    private int outstanding;
    private @Nullable String error;

    private Handshake(Consumer<@Nullable HandshakeException> done) {
        this.done = done;
    }

    /** Starts; {@code done} gets null when the connection is ready, at once when there is nothing to say. */
    static void start(UpstreamConnection connection, Identity identity, Consumer<@Nullable HandshakeException> done) {
        List<CommandFrame> commands = commands(identity);
        Handshake handshake = new Handshake(done);
        handshake.outstanding = commands.size();
        if (commands.isEmpty()) {
            done.accept(null);
            return;
        }
        for (CommandFrame command : commands) {
            connection.send(command.buffer(), command.offset(), command.length(), handshake.new Step());
        }
    }

    private static List<CommandFrame> commands(Identity identity) {
        List<CommandFrame> commands = new ArrayList<>(3);
        Credentials credentials = identity.credentials();
        if (credentials != null) {
            commands.add(
                    credentials.username() == null
                            ? CommandFrame.of("AUTH", credentials.password())
                            : CommandFrame.of("AUTH", credentials.username(), credentials.password()));
        }
        if (identity.protocol() == ProtocolVersion.RESP3) {
            commands.add(CommandFrame.of("HELLO", "3"));
        }
        if (identity.database() != 0) {
            commands.add(CommandFrame.of("SELECT", Integer.toString(identity.database())));
        }
        if (identity.noTouch()) {
            commands.add(CommandFrame.of("CLIENT", "NO-TOUCH", "ON"));
        }
        if (identity.tracking() != null) {
            commands.add(identity.tracking().command());
        }
        return commands;
    }

    private final class Step implements ReplyReceiver {

        private final ByteBuf line = Unpooled.buffer();

        @Override
        public void ready(UpstreamConnection ignored) {}

        @Override
        public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
            if (type == '-' && error == null) {
                line.writeBytes(buffer, offset, length);
                if (last) {
                    error = line.toString(1, line.readableBytes() - 3, StandardCharsets.UTF_8);
                }
            }
            if (last && --outstanding == 0) {
                done.accept(error == null ? null : new HandshakeException(error));
            }
        }

        @Override
        public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
            // The connection reports its end itself.
        }
    }
}
