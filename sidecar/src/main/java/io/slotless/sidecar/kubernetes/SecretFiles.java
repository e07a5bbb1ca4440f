package io.slotless.sidecar.kubernetes;

import io.slotless.sidecar.destination.SecretAnswer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Secrets as a kubelet mounts them: {@code <folder>/<secret>/<key>}.
 *
 * @param folder need not exist
 */
public record SecretFiles(Path folder) {

    /** Reads a Secret; {@link SecretAnswer.Missing} if it is not mounted. */
    SecretAnswer find(String name) {
        Path secret = folder.resolve(name).normalize();
        if (!folder.normalize().equals(secret.getParent()) || !Files.isDirectory(secret)) {
            return new SecretAnswer.Missing("not mounted at " + folder);
        }
        Map<String, String> values = new HashMap<>();
        try (DirectoryStream<Path> keys = Files.newDirectoryStream(secret)) {
            for (Path key : keys) {
                // A kubelet keeps versions in folders beside the keys, which are links.
                if (Files.isRegularFile(key)) {
                    values.put(String.valueOf(key.getFileName()), Files.readString(key));
                }
            }
        } catch (IOException e) {
            return new SecretAnswer.Missing("cannot be read at " + secret + ": " + e.getMessage());
        }
        return new SecretAnswer.Found(values);
    }
}
