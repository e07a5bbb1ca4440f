package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.slotless.sidecar.resp.CommandFrame;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A client that sends and reads when it is told to. Replies are given as text, as redis-cli might show them. */
public final class TestClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    public TestClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream stream = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            in = new DataInputStream(new Recording(stream, wire));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a command, words parted by blanks, to those that {@link #send} sends in one go. */
    public TestClient add(String command) {
        return add(CommandFrame.of(command.split(" ")));
    }

    TestClient add(CommandFrame command) {
        ByteBuf buffer = command.buffer();
        unsent.writeBytes(ByteBufUtil.getBytes(buffer, command.offset(), command.length()));
        return this;
    }

    TestClient addRaw(String bytes) {
        unsent.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public TestClient send() {
        try {
            unsent.writeTo(socket.getOutputStream());
            unsent.reset();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #send}; a server that has closed already is no surprise. */
    void sendOrNotice() {
        try {
            unsent.writeTo(socket.getOutputStream());
        } catch (IOException e) {
            // What there is to know of it is in what comes.
        }
        unsent.reset();
    }

    /** Sends one command and gives its reply. */
    public String call(String command) {
        add(command).send();
        return reply();
    }

    public String call(CommandFrame command) {
        add(command).send();
        return reply();
    }

    public List<String> replies(int count) {
        return IntStream.range(0, count).mapToObj(i -> reply()).toList();
    }

    /** The next reply: simple strings and bulk strings as they are, errors with their minus, {@code (nil)}, {@code [a, b]}. */
    public String reply() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of the next reply, as they came. */
    public String wireReply() {
        wire.reset();
        reply();
        return wire.toString(StandardCharsets.ISO_8859_1);
    }

    /** Bytes until the server closes, as text; what a lost connection leaves. */
    public String rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketException e) {
            // A reset is an end, too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** Leaves without a word: the other side gets a reset. */
    public void leaveAbruptly() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':', ',', '#', '(' -> rest;
            case '-' -> line;
            case '_' -> "(nil)";
            case '$', '=' -> bulk(Integer.parseInt(rest));
            case '*', '~', '>' -> elements(Integer.parseInt(rest));
            case '%' -> elements(2 * Integer.parseInt(rest));
            default -> throw new IOException("not RESP: " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "(nil)";
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            throw new IOException("a bulk string that does not end where it says");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String elements(int count) throws IOException {
        if (count < 0) {
            return "(nil)";
        }
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(read());
        }
        return elements.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after '" + line + "'");
            }
            line.write(b);
        }
        in.readByte();
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Keeps what was read. */
    private static final class Recording extends FilterInputStream {

        private final ByteArrayOutputStream record;

        Recording(InputStream in, ByteArrayOutputStream record) {
            super(in);
            this.record = record;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                record.write(read);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                record.write(bytes, offset, read);
            }
            return read;
        }
    }
}
