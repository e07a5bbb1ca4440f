package io.slotless.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.Java;
import io.slotless.image.ProcessFacts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Its story is its own test: it ends with an exception where a reply is not as told. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process has mapped is in /proc")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {

    private static final Path ARCHIVES = Java.work().resolve("demo/archives");

    @Test
    @Order(1)
    void theFirstRunLeavesAnArchiveOfEachProgram() throws IOException {
        deleteArchives();
        try (DemoStage stage = new DemoStage()) {
            assertThat(stage.isNoted()).isTrue();
            tell(stage);
        }
        assertThat(archives()).hasSize(2);
    }

    @Test
    @Order(2)
    void theNextRunUsesThem() throws IOException {
        try (DemoStage stage = new DemoStage()) {
            assertThat(stage.isNoted()).isFalse();
            tell(stage);
            assertThat(archives())
                    .filteredOn(archive -> hasMapped(stage.webhook().process(), archive))
                    .hasSize(1);
            assertThat(archives())
                    .filteredOn(archive -> hasMapped(stage.sidecar().process(), archive))
                    .hasSize(1);
        }
    }

    private static void tell(DemoStage stage) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(Java.work().resolve("demo/story.txt")))) {
            new Story(stage, new Screen(out, false)).tell();
        }
    }

    private static boolean hasMapped(ChildProcess process, Path archive) {
        return ProcessFacts.of(process).hasMapped(archive.toString());
    }

    private static List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.walk(ARCHIVES)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void deleteArchives() throws IOException {
        if (Files.exists(ARCHIVES)) {
            try (Stream<Path> files = Files.walk(ARCHIVES)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
