package io.slotless.sidecar.kubernetes;

import io.slotless.sidecar.destination.SecretAnswer;
import io.slotless.sidecar.json.JsonDocuments;
import io.slotless.sidecar.json.JsonValue;
import io.vertx.core.Context;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketBase;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists objects and watches them from there on, never gives up, and tells what is in its way. A watch that ends in order goes on where
 * it was; after any failure, and when the server does not know the version any more, the objects are listed anew.
 *
 * <p>All of it happens in one context; what it knows may be asked on any thread.
 */
final class ObjectWatch<T> implements AutoCloseable {

    /** A watch that lasted less has not ended in order, whatever the server says. */
    private static final long SHORT_NANOS = 1_000_000_000L;

    private static final String ANY_VERSION = "0";
    private static final String NEWEST_VERSION = "";

    private final ObjectQuery query;
    private final Function<JsonValue, T> decoder;
    private final ApiServerClient client;
    private final Context context;
    private final WatchListener listener;
    private final Runnable changed;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private volatile Map<String, T> objects = Map.of();
    private volatile @Nullable FailureReason failure;
    private volatile boolean known;
    private volatile boolean closed;
    private boolean told;
    private String version = ANY_VERSION;

    ObjectWatch(
            ObjectQuery query,
            Function<JsonValue, T> decoder,
            ApiServerClient client,
            Context context,
            WatchListener listener,
            Runnable changed) {
        this.query = query;
        this.decoder = decoder;
        this.client = client;
        this.context = context;
        this.listener = listener;
        this.changed = changed;
    }

    /** Returns at once. */
    void start() {
        context.runOnContext(ignored -> list());
    }

    /** Whether the objects were read once. */
    boolean isKnown() {
        return known;
    }

    /** The objects as last seen. */
    Stream<T> objects() {
        return objects.values().stream();
    }

    /** Why there is no object. */
    SecretAnswer absence() {
        FailureReason reason = failure;
        if (reason != null) {
            return new SecretAnswer.Missing("not mounted, and the API server says: " + reason.text());
        }
        return known
                ? new SecretAnswer.Missing("neither mounted nor on the API server")
                : new SecretAnswer.Pending("not yet read from the API server");
    }

    /** The connection is the client's to close. */
    @Override
    public void close() {
        closed = true;
    }

    private void list() {
        attempt(() -> client.list(query.list(version))
                .onSuccess(list -> attempt(() -> listed(list)))
                .onFailure(this::failed));
    }

    private void listed(JsonValue list) {
        Map<String, T> found = new LinkedHashMap<>();
        list.at("items").items().forEach(item -> found.put(name(item), decoder.apply(item)));
        objects = Map.copyOf(found);
        version = version(list);
        known = true;
        changed.run();
        watch();
    }

    private void watch() {
        attempt(() -> {
            ClientWebSocket socket = client.watch();
            WatchedSocket watched = new WatchedSocket(socket);
            client.connect(socket, query.watch(version))
                    .onSuccess(open -> watched.opened())
                    .onFailure(this::failed);
        });
    }

    private void attempt(Runnable request) {
        if (closed) {
            return;
        }
        try {
            request.run();
        } catch (RuntimeException e) {
            // A client that cannot be made: files of the service account may come late. Or an object that nobody
            // foresaw. No
            // reason to stop serving, nor to stop asking.
            failed(e);
        }
    }

    private void following() {
        FailureReason before = failure;
        failure = null;
        if (!told || before != null) {
            told = true;
            listener.following(query.title());
            changed.run();
        }
    }

    private void failed(Throwable problem) {
        if (closed) {
            return;
        }
        if (problem instanceof ApiServerFailure answer && answer.code() == ApiServerFailure.GONE) {
            version = NEWEST_VERSION;
        }
        FailureReason before = failure;
        FailureReason reason = FailureReason.of(problem);
        failure = reason;
        if (before == null || !before.kind().equals(reason.kind())) {
            listener.failed(query.title(), reason.text());
            changed.run();
        }
        listLater();
    }

    private void listLater() {
        context.owner().setTimer(backoff.next(), ignored -> list());
    }

    private void apply(JsonValue object, String type) {
        Map<String, T> after = new LinkedHashMap<>(objects);
        if (type.equals("DELETED")) {
            after.remove(name(object));
        } else {
            after.put(name(object), decoder.apply(object));
        }
        objects = Map.copyOf(after);
        changed.run();
    }

    private static String name(JsonValue object) {
        return object.at("metadata").at("name").asText();
    }

    private static String version(JsonValue object) {
        return object.at("metadata").at("resourceVersion").asText();
    }

    /** One connection's life. */
    private final class WatchedSocket {

        private final ClientWebSocket socket;
        private final WatchLiveness liveness;
        private final long since = System.nanoTime();
        private boolean over;

        WatchedSocket(ClientWebSocket socket) {
            this.socket = socket;
            this.liveness = new WatchLiveness(context.owner(), socket);
            socket.textMessageHandler(this::event);
            // Some servers send JSON as bytes.
            socket.binaryMessageHandler(bytes -> event(bytes.toString()));
            socket.exceptionHandler(ignored -> {});
            socket.closeHandler(ignored -> ended());
        }

        void opened() {
            if (closed) {
                socket.close();
                return;
            }
            liveness.start();
            following();
        }

        private void ended() {
            liveness.stop();
            if (over || closed) {
                return;
            }
            over = true;
            if (System.nanoTime() - since < SHORT_NANOS) {
                listLater();
            } else {
                backoff.reset();
                watch();
            }
        }

        private void event(String text) {
            if (over || closed) {
                return;
            }
            try {
                JsonValue event = JsonDocuments.json(text);
                String type = event.at("type").asText();
                JsonValue object = event.at("object");
                if (type.equals("ERROR")) {
                    expired(object);
                    return;
                }
                version = version(object);
                if (!type.equals("BOOKMARK")) {
                    apply(object, type);
                }
            } catch (IOException e) {
                expired(null);
            } catch (RuntimeException e) {
                over = true;
                socket.close();
                failed(e);
            }
        }

        /** The usual ERROR says that the version is too old, which is no failure. */
        private void expired(@Nullable JsonValue status) {
            over = true;
            version = NEWEST_VERSION;
            WebSocketBase ending = socket;
            ending.close();
            int code = status == null ? 0 : status.at("code").asInt();
            if (status == null || code == ApiServerFailure.GONE) {
                listLater();
            } else {
                failed(new ApiServerFailure(code, status.at("message").asText()));
            }
        }
    }
}
