package io.slotless.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "measures with /proc")
class GeneratorIT {

    private static final byte[] VALUE = "$3\r\nabc\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PER_SECOND = 200;
    private static final int STALL_MILLIS = 1000;

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger commands = new AtomicInteger();
    private ServerSocket server;
    private LoadGenerator generator;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        generator = LoadGenerator.start();
    }

    @AfterEach
    void stop() throws IOException {
        generator.close();
        server.close();
    }

    @Test
    void oneWrongReplyOfManyIsTheEnd() {
        serve(number -> number == 50 ? "-ERR busy\r\n".getBytes(StandardCharsets.US_ASCII) : VALUE);

        assertThatThrownBy(() -> generator.run(load(0)))
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining("-ERR busy");
    }

    @Test
    void whoHangsUpIsNotMeasured() throws IOException {
        serve(number -> number == 50 ? null : VALUE);

        assertThatThrownBy(() -> generator.run(load(0)))
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining("closed");
    }

    @Test
    void oneStallCountsForAllWhoWouldHaveComeMeanwhile() {
        serve(number -> {
            if (number == PER_SECOND / 4) {
                stall();
            }
            return VALUE;
        });

        LoadResult result = generator.run(load(PER_SECOND));

        // Two of three commands were due while the only connection stood still, and came late by half a second
        // on average. Who counts from when they were sent sees one of them.
        assertThat(result.commands()).isGreaterThanOrEqualTo(PER_SECOND);
        assertThat(result.p99()).isGreaterThan(STALL_MILLIS * 900.0);
        assertThat(result.p50()).isGreaterThan(STALL_MILLIS * 10.0);
    }

    private Load load(int rate) {
        return new Load(
                "127.0.0.1",
                server.getLocalPort(),
                Operation.GET,
                1,
                1,
                3,
                rate,
                0,
                1.5,
                List.of(ProcessHandle.current().pid()));
    }

    /** For each command what it says; null: it hangs up. */
    private interface Answers {
        byte[] to(int number);
    }

    private void serve(Answers answers) {
        Thread thread = new Thread(
                () -> {
                    try (Socket client = server.accept()) {
                        byte[] command = new byte["*2\r\n$3\r\nGET\r\n$12\r\n3:0000000000\r\n".length()];
                        while (client.getInputStream().readNBytes(command, 0, command.length) == command.length) {
                            byte[] answer = answers.to(commands.incrementAndGet());
                            if (answer == null) {
                                return;
                            }
                            client.getOutputStream().write(answer);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "server");
        thread.setDaemon(true);
        thread.start();
    }

    private void stall() {
        try {
            never.await(STALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
