package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.destination.SecretAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

    @TempDir
    Path folder;

    @Test
    void readsASecretAsAKubeletMountsIt() throws IOException {
        Path version = Files.createDirectories(folder.resolve("s/..2026_01_01"));
        Files.writeString(version.resolve("password"), "hunter2\n");
        Files.createSymbolicLink(folder.resolve("s/..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(folder.resolve("s/password"), Path.of("..data/password"));
        assertThat(new SecretFiles(folder).find("s"))
                .isEqualTo(new SecretAnswer.Found(Map.of("password", "hunter2\n")));
    }

    @Test
    void aSecretThatIsNotMountedIsMissing() {
        assertThat(new SecretFiles(folder.resolve("none")).find("s")).isInstanceOf(SecretAnswer.Missing.class);
    }

    @Test
    void aNameCannotLeadOutOfTheFolder() throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(Files.createDirectories(folder.resolve("other")).resolve("password"), "x");
        assertThat(new SecretFiles(secrets).find("../other")).isInstanceOf(SecretAnswer.Missing.class);
        assertThat(new SecretFiles(secrets).find("..")).isInstanceOf(SecretAnswer.Missing.class);
        assertThat(new SecretFiles(secrets).find(".")).isInstanceOf(SecretAnswer.Missing.class);
    }
}
