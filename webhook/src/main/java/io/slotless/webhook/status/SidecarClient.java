package io.slotless.webhook.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.slotless.api.SlotlessNames;
import io.slotless.api.status.HostStatus;
import io.slotless.api.status.SidecarStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Asks sidecars where they stand. It goes to the addresses of pods, to one port and one path, sends nothing but the question,
 * follows no redirection and reads a bounded answer for a bounded time: no use for reaching anything else from the
 * webhook's place in the network.
 */
final class SidecarClient {

    private static final int CONNECT_MILLIS = 1_000;
    /** A sidecar may have to ask a single Redis first, which it does for three seconds. */
    private static final long ANSWER_MILLIS = 4_500;
    /** 254 hosts, the most that a pod can have, with long messages. */
    private static final int LARGEST_ANSWER = 256 * 1024;

    private static final int OK = 200;

    private final Vertx vertx;
    private final HttpClient client;
    private final int port;
    private final ObjectReader reader = new ObjectMapper().readerFor(SidecarStatus.class);

    SidecarClient(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false));
    }

    /** Never fails. */
    Future<SidecarAnswer> ask(ServingPod pod, String host) {
        Promise<Buffer> body = Promise.promise();
        long timer = vertx.setTimer(
                ANSWER_MILLIS,
                ignored -> body.tryFail(new TimeoutException("no answer within " + ANSWER_MILLIS + " ms")));
        client.request(question(pod))
                .compose(HttpClientRequest::send)
                .onSuccess(response -> read(response, body))
                .onFailure(body::tryFail);
        return body.future()
                .onComplete(ignored -> vertx.cancelTimer(timer))
                .map(answer -> answer(pod, host, answer))
                .otherwise(failure -> new SidecarAnswer.Silent(pod.key(), why(failure)));
    }

    private RequestOptions question(ServingPod pod) {
        return new RequestOptions()
                // The address decides; the name is only for the Host header.
                .setServer(SocketAddress.inetSocketAddress(port, pod.ip()))
                .setHost(SlotlessNames.SIDECAR_CONTAINER)
                .setPort(port)
                .setURI(SlotlessNames.SIDECAR_STATUS_PATH)
                .setFollowRedirects(false)
                .setTimeout(ANSWER_MILLIS);
    }

    private static void read(HttpClientResponse response, Promise<Buffer> body) {
        response.exceptionHandler(body::tryFail);
        // Whoever has given up must not keep the connection of somebody who answers slowly, or without end.
        body.future().onFailure(ignored -> response.request().reset());
        if (response.statusCode() != OK) {
            body.tryFail(new IOException("HTTP status " + response.statusCode()));
            return;
        }
        Buffer read = Buffer.buffer();
        response.handler(part -> {
            if (read.length() + part.length() > LARGEST_ANSWER) {
                body.tryFail(new IOException("an answer of more than " + LARGEST_ANSWER + " bytes"));
            } else {
                read.appendBuffer(part);
            }
        });
        response.endHandler(ignored -> body.tryComplete(read));
    }

    private SidecarAnswer answer(ServingPod pod, String host, Buffer body) {
        try {
            SidecarStatus status = reader.readValue(body.getBytes());
            for (HostStatus each : status.hosts()) {
                if (host.equals(each.host())) {
                    return new SidecarAnswer.Told(pod.key(), each);
                }
            }
            return new SidecarAnswer.Silent(pod.key(), "says nothing about " + host);
        } catch (IOException e) {
            return new SidecarAnswer.Silent(pod.key(), "its answer is not what a sidecar says");
        }
    }

    private static String why(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    void close() {
        client.close();
    }
}
