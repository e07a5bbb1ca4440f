package io.slotless.sidecar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisExecProvider;
import redis.embedded.RedisServer;
import redis.embedded.RedisServerBuilder;
import redis.embedded.util.OS;

/**
 * A Redis 7.0.15 of its own on a free port of the loopback interface, without persistence; or another server, whose binary
 * the system property {@code test.redis-server} or the environment variable TEST_REDIS_SERVER names.
 */
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
        String other = otherBinary();
        if (!other.isBlank()) {
            builder.redisExecProvider(
                    RedisExecProvider.defaultProvider().override(OS.UNIX, other).override(OS.MAC_OS_X, other));
        }
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

    /** Whether a server is tested whose version we know, or one that somebody gave. */
    public static boolean isRedis70() {
        return otherBinary().isBlank();
    }

    private static String otherBinary() {
        String given = System.getProperty("test.redis-server", System.getenv("TEST_REDIS_SERVER"));
        return given == null ? "" : given;
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
