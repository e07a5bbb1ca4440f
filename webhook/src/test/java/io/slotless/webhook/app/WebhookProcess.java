package io.slotless.webhook.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The webhook as it is shipped: a JVM that runs {@code quarkus-run.jar} and knows nothing but its environment. */
final class WebhookProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile(
            "Listening on: https://[^:]+:(\\d+)\\. Management interface listening on http://[^:]+:(\\d+)");
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private WebhookProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static WebhookProcess start(Map<String, String> env) throws IOException {
        Path log = Files.createTempFile("slotless-webhook", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_SSL_PORT", "0");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
        builder.environment().putAll(env);
        return new WebhookProcess(builder.start(), log);
    }

    WebhookProcess awaitListening() {
        await("listening")
                .atMost(START)
                .until(() -> !process.isAlive() || listening().find());
        if (!process.isAlive()) {
            throw new IllegalStateException("the webhook ended:\n" + output());
        }
        return this;
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    int port() {
        return port(1);
    }

    int managementPort() {
        return port(2);
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private int port(int group) {
        Matcher matcher = listening();
        if (!matcher.find()) {
            throw new IllegalStateException(output());
        }
        return Integer.parseInt(matcher.group(group));
    }

    private Matcher listening() {
        return LISTENING.matcher(output());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
