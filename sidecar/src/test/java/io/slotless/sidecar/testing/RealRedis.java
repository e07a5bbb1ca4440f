package io.slotless.sidecar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;
import redis.embedded.RedisServerBuilder;

/** A Redis 7.0.15 of its own on a free port of the loopback interface, without persistence. */
public final class RealRedis implements AutoCloseable {

    private final int port = freePort();
    private final RedisServer server;

    /** Starts it, with further lines of redis.conf. */
    public RealRedis(String... settings) {
        RedisServerBuilder builder = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no");
        for (String setting : settings) {
            builder.setting(setting);
        }
        server = builder.build();
        server.start();
    }

    public int port() {
        return port;
    }

    public RespSocket connect() {
        return new RespSocket(port);
    }

    /** Ends it, with all it knows. */
    public void stop() {
        server.stop();
    }

    /** Starts it again, on the same port. */
    public void start() {
        server.start();
    }

    @Override
    public void close() {
        if (server.isActive()) {
            server.stop();
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
