package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that says what it is told to say, for what a real one cannot be made to do. */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    public ScriptedServer(Script script) throws IOException {
        this.script = script;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "scripted server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                Thread conversation = new Thread(() -> converse(socket), "scripted conversation");
                conversation.setDaemon(true);
                conversation.start();
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void converse(Socket socket) {
        ByteBuf received = Unpooled.buffer();
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        try (socket) {
            while (received.writeBytes(socket.getInputStream(), 8192) >= 0) {
                while (decoder.decode(received) == RequestDecoder.Step.COMMAND) {
                    String command = text(decoder.frame());
                    // What the proxy asks of its own accord, by the library's client.
                    if (command.equals("ping")) {
                        write(socket, "+PONG\r\n");
                    } else if (command.equals("command")) {
                        write(socket, script.commands());
                    } else {
                        script.answer(command, socket);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The other side has left, or the script has closed it.
        }
    }

    public static void write(Socket socket, String reply) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(reply.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(CommandFrame frame) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < frame.argumentCount(); i++) {
            words.add(frame.argument(i));
        }
        return String.join(" ", words);
    }

    /** What to say to a command, words parted by blanks. */
    public interface Script {
        void answer(String command, Socket socket) throws IOException;

        /** What to say to COMMAND. */
        default String commands() {
            return "-ERR not now\r\n";
        }
    }
}
