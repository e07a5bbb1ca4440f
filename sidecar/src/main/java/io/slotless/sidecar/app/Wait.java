package io.slotless.sidecar.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A program of its own: ends when a URL answers 200. The postStart hook of a sidecar that is an ordinary container runs
 * it, so that the containers behind it start when the sidecar is ready: the kubelet starts containers in their order,
 * and each after the hook of the one before.
 *
 * <p>Usage: {@code Wait <URL> [seconds]}; it gives up after 60 seconds, or as many as are said, with exit code 1.
 */
public final class Wait {

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);
    private static final Duration ATTEMPT = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 100;

    private Wait() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: Wait <URL> [seconds]");
            System.exit(2);
        }
        Duration limit = arguments.length == 1 ? DEFAULT_LIMIT : Duration.ofSeconds(Long.parseLong(arguments[1]));
        if (!until(URI.create(arguments[0]), limit)) {
            System.err.println("slotless: " + arguments[0] + " was not ready within " + limit.toSeconds() + " s");
            System.exit(1);
        }
    }

    /** Whether the URL answered 200 within the limit. */
    static boolean until(URI url, Duration limit) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(ATTEMPT).build();
        HttpRequest request = HttpRequest.newBuilder(url).timeout(ATTEMPT).build();
        long end = System.nanoTime() + limit.toNanos();
        do {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException notYet) {
                // It is not listening yet: that is what we wait for.
            }
            Thread.sleep(PAUSE_MILLIS);
        } while (System.nanoTime() - end < 0);
        return false;
    }
}
