package io.slotless.sidecar.upstream;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.DestinationConfig;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why a question to a server brought no answer, in a word and in a line, and never says a password. */
final class ServerFailure {

    private ServerFailure() {}

    static ServerState.Failing of(Throwable failure, DestinationConfig config) {
        Throwable cause = failure;
        while (!isTelling(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = oneLine(cause.getMessage());
        if (cause instanceof Response) {
            return new ServerState.Failing(ofServer(message), withoutPassword(message, config.credentials()));
        }
        // Of other exceptions nobody knows what their texts hold.
        return new ServerState.Failing(
                ofConnection(cause),
                isTelling(cause) ? message : cause.getClass().getSimpleName());
    }

    private static boolean isTelling(Throwable cause) {
        return cause instanceof Response
                || cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof NoTopologyException;
    }

    /** By the first word of the error, which is its code; "ERR" says nothing. */
    private static String ofServer(String error) {
        String code = error.split(" ", 2)[0];
        return switch (code) {
            case "NOAUTH" -> "AuthenticationRequired";
            case "WRONGPASS", "NOPERM" -> "AuthenticationFailed";
            case "LOADING" -> "Loading";
            default -> error.contains("cluster support disabled") ? "NotACluster" : "ServerError";
        };
    }

    private static String ofConnection(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "Timeout";
        }
        if (cause instanceof NoTopologyException) {
            return "NoTopology";
        }
        if (cause instanceof UnknownHostException) {
            return "UnknownHost";
        }
        return cause instanceof SSLException ? "TlsFailed" : "CannotConnect";
    }

    /** Some servers repeat the arguments of a command that they do not know: of AUTH, too. */
    private static String withoutPassword(String text, @Nullable Credentials credentials) {
        return credentials == null || credentials.password().isEmpty()
                ? text
                : text.replace(credentials.password(), "***");
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
