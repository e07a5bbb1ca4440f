package io.slotless.benchmark.footprint;

import io.slotless.fixture.resp.PlainRedisClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** 200,000 SETs and GETs in equal parts, over 50 connections: 64 B and, in one of eight, 16 KB. Nothing is timed. */
final class Load {

    private static final int CONNECTIONS = 50;
    private static final int COMMANDS = 200_000;
    private static final int DEPTH = 16;
    private static final int[] SIZES = {64, 64, 64, 64, 64, 64, 64, 16_384};

    private Load() {}

    /** Drives a server, or what stands before it, until it has answered everything. */
    static void drive(InetSocketAddress server) {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                all.add(threads.submit(() -> connection(server, connection)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load was not served", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void connection(InetSocketAddress server, int number) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(server);
            int batches = COMMANDS / CONNECTIONS / DEPTH;
            for (int batch = 0; batch < batches; batch++) {
                int size = SIZES[(batch + number) % SIZES.length];
                socket.getOutputStream().write(commands(number, batch, size));
                // OK for a SET, the value for a GET.
                int replies = DEPTH / 2 * (5 + 1 + Integer.toString(size).length() + 2 + size + 2);
                if (socket.getInputStream().readNBytes(replies).length != replies) {
                    throw new IOException("closed by " + server);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] commands(int number, int batch, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String value = "x".repeat(size);
        for (int i = 0; i < DEPTH / 2; i++) {
            String key = "key:" + number + ":" + (batch % 100 * DEPTH + i);
            bytes.writeBytes(PlainRedisClient.encode(PlainRedisClient.bytes("SET", key, value)));
            bytes.writeBytes(PlainRedisClient.encode(PlainRedisClient.bytes("GET", key)));
        }
        return bytes.toByteArray();
    }
}
