package io.slotless.benchmark.connections;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Clients of one server, on one thread: all say the same, one after the other, a few at a time. */
final class Crowd implements AutoCloseable {

    private static final int ROOM = 64 * 1024;
    private static final long PATIENCE_MILLIS = 30_000;

    private final InetSocketAddress server;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final ArrayDeque<Client> resting = new ArrayDeque<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(ROOM);

    Crowd(InetSocketAddress server) {
        this.server = server;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects more clients, until there are so many. */
    void grow(int size) {
        try {
            while (clients.size() < size) {
                SocketChannel channel = SocketChannel.open(server);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Client client = new Client(channel);
                channel.register(selector, SelectionKey.OP_READ, client);
                clients.add(client);
                resting.add(client);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after " + clients.size() + " connections", e);
        }
    }

    /** As many turns as there are clients. */
    void everyone(Request request, int atOnce) {
        turns(request, atOnce, clients.size());
    }

    /**
     * Clients send the request when it is their turn.
     *
     * @param atOnce so many wait for their replies at any time
     */
    void turns(Request request, int atOnce, int turns) {
        int begun = 0;
        int ended = 0;
        try {
            while (ended < turns) {
                while (begun < turns && begun - ended < atOnce && !resting.isEmpty()) {
                    resting.remove().send(request);
                    begun++;
                }
                ended += receive();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many clients got the last of what they waited for. */
    private int receive() throws IOException {
        int[] answered = new int[1];
        int ready = selector.select(
                key -> {
                    Client client = (Client) key.attachment();
                    if (client.receive(received)) {
                        resting.add(client);
                        answered[0]++;
                    }
                },
                PATIENCE_MILLIS);
        if (ready == 0) {
            throw new IOException("no reply within " + PATIENCE_MILLIS + " ms");
        }
        return answered[0];
    }

    @Override
    public void close() {
        try {
            for (Client client : clients) {
                client.channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param replyBytes the length of all replies to it */
    record Request(byte[] bytes, int replyBytes) {}

    private static final class Client {

        private final SocketChannel channel;
        private int awaited;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        /** Requests are smaller than what a socket takes at once, and nothing is underway. */
        void send(Request request) throws IOException {
            awaited = request.replyBytes();
            ByteBuffer bytes = ByteBuffer.wrap(request.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** Whether that was the last of what it waited for. */
        boolean receive(ByteBuffer into) {
            try {
                int count = channel.read(into.clear());
                if (count < 0) {
                    throw new EOFException("a connection was closed");
                }
                awaited -= count;
                if (awaited < 0) {
                    throw new IOException("more bytes than the reply has");
                }
                return awaited == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
