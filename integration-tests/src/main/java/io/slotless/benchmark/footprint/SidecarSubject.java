package io.slotless.benchmark.footprint;

import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import io.slotless.fixture.redis.Loopback;
import io.slotless.image.ImageContent;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sidecar.
 *
 * @param launcher how it is started
 * @param stage where
 * @param managementPort of its probe
 */
record SidecarSubject(String name, Launcher launcher, FootprintStage stage, int managementPort) implements Subject {

    private static final int PATIENCE_MILLIS = 2_000;

    /**
     * As in the image, in a container of {@code limit}.
     *
     * @param described {@code [NAME=]LAYERS[,OPTION]...}: what images/layers made, and further options of the JVM
     */
    static Subject image(String described, String limit, FootprintStage stage) {
        String[] words = described.split(",");
        int equals = words[0].indexOf('=');
        Path home = Path.of(words[0].substring(equals + 1)).toAbsolutePath();
        if (!Files.exists(home.resolve("java.options"))) {
            throw new IllegalArgumentException(home + " is nothing that images/layers made");
        }
        Launcher launcher = new ImageContent("sidecar", "-XX:MaxRAM=" + limit)
                .launcher(home, List.of(words).subList(1, words.length));
        String name = equals < 0 ? home.getFileName().toString() : words[0].substring(0, equals);
        return new SidecarSubject(name, launcher, stage, Loopback.freePort());
    }

    /** Without options or archive, on the JVM that runs us. */
    static Subject plain(String limit, FootprintStage stage) {
        return new SidecarSubject(
                "`java -jar`", Java.program("sidecar", "-XX:MaxRAM=" + limit), stage, Loopback.freePort());
    }

    @Override
    public ChildProcess start(Path log) {
        Map<String, String> settings = new LinkedHashMap<>(stage.settings());
        settings.put("slotless.management.address", "127.0.0.1");
        settings.put("slotless.management.port", Integer.toString(managementPort));
        return launcher.start(settings, SidecarProcess.environment(stage.bootstrap()), log);
    }

    @Override
    public InetSocketAddress address() {
        return stage.address();
    }

    @Override
    public boolean isReady() {
        try {
            URI probe = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
            HttpURLConnection connection = (HttpURLConnection) probe.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            // As a kubelet does: what a hundred open connections take is nothing of the sidecar's own.
            connection.setRequestProperty("Connection", "close");
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
