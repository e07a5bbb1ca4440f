package io.slotless.sidecar.differential;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A connection that sends commands and reads replies when it is told to. */
final class Wire implements AutoCloseable {

    /** Longer than anything that is asked for waits. */
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private boolean broken;

    /** @param protocol 2 or 3 */
    Wire(int port, int protocol) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (protocol == 3) {
            call(CommandLine.of("HELLO", "3"));
        }
    }

    /** All of these in one write. */
    void send(List<CommandLine> commands) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        commands.forEach(command -> bytes.writeBytes(command.request()));
        try {
            bytes.writeTo(socket.getOutputStream());
        } catch (IOException e) {
            // The reading tells.
            broken = true;
        }
    }

    /** The same in writes of these lengths, in turn. */
    void send(List<CommandLine> commands, List<Integer> cuts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        commands.forEach(command -> all.writeBytes(command.request()));
        byte[] bytes = all.toByteArray();
        try {
            int at = 0;
            for (int i = 0; at < bytes.length; i++) {
                int length = Math.min(cuts.get(i % cuts.size()), bytes.length - at);
                socket.getOutputStream().write(bytes, at, length);
                at += length;
            }
        } catch (IOException e) {
            // The reading tells.
            broken = true;
        }
    }

    /** Whether at least the beginning of a reply is there. */
    boolean hasReply() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** The next reply, or word that there is none. */
    Reply read() {
        try {
            return Reply.read(in);
        } catch (SocketTimeoutException e) {
            broken = true;
            return Reply.none("no reply within " + PATIENCE_MILLIS + " ms");
        } catch (EOFException | SocketException e) {
            broken = true;
            return Reply.none("connection closed");
        } catch (IOException e) {
            broken = true;
            return Reply.none(e.getMessage());
        }
    }

    Reply call(CommandLine command) {
        send(List.of(command));
        return read();
    }

    /** In one write; the replies in their order. */
    List<Reply> callAll(List<CommandLine> commands) {
        send(commands);
        List<Reply> replies = new ArrayList<>();
        commands.forEach(command -> replies.add(read()));
        return replies;
    }

    /** Whether replies can no more be told apart. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
