package io.slotless.sidecar.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged sidecar as a process of its own. */
final class Program implements AutoCloseable {

    private static final Path JAR = Path.of("target/slotless/slotless-sidecar.jar");

    private final int managementPort = freePort();
    private final Path output;
    private final Process process;

    Program(Map<String, String> environment, String... options) {
        try {
            output = Files.createTempFile("sidecar", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin/java").toString());
            builder.command().add("-Dslotless.management.port=" + managementPort);
            if (Runtime.version().feature() >= 24) {
                // As the image does. Without it the JVM warns of Netty's way to its buffers; no manifest can tell it
                // not to.
                builder.command().add("--sun-misc-unsafe-memory-access=allow");
            }
            builder.command().addAll(List.of(options));
            builder.command().addAll(List.of("-jar", JAR.toString()));
            builder.environment().keySet().removeIf(name -> name.startsWith("SLOTLESS_"));
            builder.environment().putAll(environment);
            process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || status() == 200);
    }

    /** Asks it to stop. */
    void terminate() {
        process.destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running: " + output());
        }
        return process.exitValue();
    }

    List<String> output() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int status() throws IOException, InterruptedException {
        URI ready = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (ConnectException e) {
            return 0;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
