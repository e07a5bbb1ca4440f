package io.slotless.sidecar.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the API server is and what it is asked with (kubernetes.io/docs/tasks/run-application/access-api-from-pod). Both files are
 * read again and again: a kubelet renews them.
 *
 * @param url without a path
 * @param authorities certificates that sign the API server's, as PEM; need not exist: then those of the JVM
 * @param token need not exist: then no credentials are sent
 */
public record ApiServerAddress(URI url, Path authorities, Path token) {

    /**
     * As a kubelet tells a container.
     *
     * @param environment of the process
     */
    public static URI fromEnvironment(Map<String, String> environment) {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    boolean isTls() {
        return "https".equals(url.getScheme());
    }

    int port() {
        int given = url.getPort();
        return given >= 0 ? given : isTls() ? 443 : 80;
    }

    /** Without the brackets of an IPv6 address. */
    String host() {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }

    @Nullable
    String readAuthorities() {
        return read(authorities);
    }

    @Nullable
    String readToken() {
        String read = read(token);
        return read == null || read.isBlank() ? null : read.strip();
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
