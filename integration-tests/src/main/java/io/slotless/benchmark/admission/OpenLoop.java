package io.slotless.benchmark.admission;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Sends requests at a fixed rate, whether or not earlier ones were answered, over kept HTTP/1.1 connections with TLS, as the API server
 * does. A latency counts from the moment at which the request was due, so that a stall counts for everybody who would have
 * come meanwhile (no coordinated omission).
 */
final class OpenLoop {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI uri;
    private final long intervalNanos;
    private final AtomicInteger next = new AtomicInteger();

    OpenLoop(SSLContext trust, URI uri, int perSecond) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trust)
                .build();
        this.uri = uri;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /**
     * Sends so many requests and waits for all answers.
     *
     * @param expected every answer must hold it
     * @return latencies in microseconds
     */
    Histogram run(List<byte[]> bodies, int count, String expected) {
        Histogram latencies = new SynchronizedHistogram(TIMEOUT.toNanos() / 1000 * 2, 3);
        CompletableFuture<?>[] answers = new CompletableFuture<?>[count];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * intervalNanos;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            answers[i] = http.sendAsync(request(bodies), HttpResponse.BodyHandlers.ofString())
                    .thenAccept(response -> {
                        latencies.recordValue((System.nanoTime() - due) / 1000);
                        if (response.statusCode() != 200 || !response.body().contains(expected)) {
                            throw new IllegalStateException(response.statusCode() + " " + response.body());
                        }
                    });
        }
        CompletableFuture.allOf(answers).join();
        return latencies;
    }

    private HttpRequest request(List<byte[]> bodies) {
        byte[] body = bodies.get(next.getAndIncrement() % bodies.size());
        return HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}
