package io.slotless.webhook.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.webhook.certificate.authority.Issuing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {

    @TempDir
    Path folder;

    private final ServingKey serving = new ServingKey();
    private CertificateFiles files;

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void whatIsThereIsServedWhenItHasStarted() throws IOException {
        Credential credential = write(Issuing.selfSigned());

        start();

        assertThat(serving.current()).isEqualTo(Optional.of(credential));
    }

    @Test
    void filesMayComeLaterAndChange() throws IOException {
        start();
        assertThat(serving.current()).isEmpty();

        Credential first = write(Issuing.selfSigned());
        await().until(() -> serving.current().equals(Optional.of(first)));
        Credential second = write(Issuing.selfSigned());
        await().until(() -> serving.current().equals(Optional.of(second)));
    }

    @Test
    void halfOfAChangeIsNotServed() throws IOException {
        Credential first = write(Issuing.selfSigned());
        start();

        Credential second = Issuing.selfSigned();
        Files.writeString(folder.resolve("tls.crt"), Pem.text(second.certificate()));
        files.start();
        assertThat(serving.current()).isEqualTo(Optional.of(first));

        Files.writeString(folder.resolve("tls.key"), Pem.text(second.key()));
        await().until(() -> serving.current().equals(Optional.of(second)));
    }

    private void start() {
        files = new CertificateFiles(
                folder.resolve("tls.crt"), folder.resolve("tls.key"), Duration.ofMillis(20), serving);
        files.start();
    }

    private Credential write(Credential credential) throws IOException {
        Files.writeString(folder.resolve("tls.crt"), Pem.text(credential.certificate()));
        Files.writeString(folder.resolve("tls.key"), Pem.text(credential.key()));
        return credential;
    }
}
