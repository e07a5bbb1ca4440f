package io.slotless.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.it.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An archive that a program makes of its own run, and whatever may be wrong with it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process has mapped is in /proc")
class SelfTrainingIT {

    private static final int NUMBER = 7;

    private final Stage stage = Stage.shared();

    @TempDir
    private Path folder;

    @Test
    void theNextRunMapsWhatTheFirstOneLeft() {
        SelfTraining first = trained();
        assertThat(first.records()).isTrue();
        assertThat(first.archive()).exists();

        SelfTraining next = new SelfTraining(ImageContent.SIDECAR, folder);
        assertThat(next.records()).isFalse();
        assertThat(runs(next)).isTrue();
    }

    @Test
    void anArchiveOfOtherOptionsIsAnotherAndTakesThePlaceOfTheFirst() throws IOException {
        SelfTraining current = new SelfTraining(ImageContent.SIDECAR, folder);
        SelfTraining earlier = new SelfTraining(new ImageContent("sidecar", "-XX:MaxRAM=512m"), folder);
        SelfTraining other = new SelfTraining(ImageContent.WEBHOOK, folder);
        assertThat(earlier.archive()).isNotEqualTo(current.archive());
        Files.writeString(earlier.archive(), "of an earlier build");
        Files.writeString(other.archive(), "of another program");
        Path halfWritten = Files.writeString(Path.of(current.archive() + ".1.part"), "by a run that was killed");
        trained();
        assertThat(current.archive()).exists();
        assertThat(earlier.archive()).doesNotExist();
        assertThat(halfWritten).doesNotExist();
        assertThat(other.archive()).exists();
    }

    @Test
    void aBrokenArchiveIsNotUsedAndNoHindrance() throws IOException {
        Path archive = new SelfTraining(ImageContent.SIDECAR, folder).archive();
        Files.writeString(archive, "not an archive".repeat(10_000));
        assertThat(runs(new SelfTraining(ImageContent.SIDECAR, folder))).isFalse();
    }

    @Test
    void whereNothingCanBeWrittenItRunsWithout() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "and no folder");
        SelfTraining training = new SelfTraining(ImageContent.SIDECAR, file);
        assertThat(training.records()).isFalse();
        assertThat(runs(training)).isFalse();
    }

    private SelfTraining trained() {
        SelfTraining training = new SelfTraining(ImageContent.SIDECAR, folder);
        try (SidecarProcess sidecar = start(training)) {
            sidecar.process().terminate();
            training.keep(sidecar.process());
        }
        return training;
    }

    /** Serves; and whether it has mapped its archive. */
    private boolean runs(SelfTraining training) {
        try (SidecarProcess sidecar = start(training);
                PlainRedisClient client =
                        PlainRedisClient.connect(new InetSocketAddress(Stage.sidecarAddress(NUMBER), stage.port()))) {
            assertThat(client.call("PING").text()).isEqualTo("PONG");
            return ProcessFacts.of(sidecar.process())
                    .hasMapped(training.archive().toString());
        }
    }

    private SidecarProcess start(SelfTraining training) {
        return stage.sidecar(training, "self-training", stage.host(Stage.SINGLE_HOST, NUMBER));
    }
}
