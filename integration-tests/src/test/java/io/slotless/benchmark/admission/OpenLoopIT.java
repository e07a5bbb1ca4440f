package io.slotless.benchmark.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OpenLoopIT {

    private static final int PER_SECOND = 100;
    private static final int STALL_MILLIS = 1000;

    @Test
    void oneStallCountsForAllWhoWouldHaveComeMeanwhile() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        // All who come during the stall wait to be accepted: where there is no room the kernel may reset them.
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2 * PER_SECOND);
        server.createContext("/", exchange -> {
            // One thread serves all: who comes during the stall waits for its end.
            if (requests.incrementAndGet() == PER_SECOND / 2) {
                stall(never);
            }
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            Histogram latencies = new OpenLoop(SSLContext.getDefault(), uri, PER_SECOND)
                    .run(List.of(new byte[] {'?'}), 2 * PER_SECOND, "ok");
            assertThat(latencies.getTotalCount()).isEqualTo(2 * PER_SECOND);
            // In micros; of the hundred that were due during the stall, the first half has waited half of it or more.
            assertThat(latencies.getCountBetweenValues(STALL_MILLIS * 500L, Long.MAX_VALUE))
                    .isGreaterThanOrEqualTo(PER_SECOND * 4 / 10);
        } finally {
            server.stop(0);
        }
    }

    private static void stall(CountDownLatch never) {
        try {
            never.await(STALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
