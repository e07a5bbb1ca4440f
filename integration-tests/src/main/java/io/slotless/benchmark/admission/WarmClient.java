package io.slotless.benchmark.admission;

import io.slotless.fixture.kubernetes.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.util.List;

/**
 * What asks the webhook first is to be as quick as it ever gets, like an API server that has been up for days: it practises on a
 * server of its own, over one connection and over hundreds.
 */
final class WarmClient {

    private static final int CLIENTS = 20;
    private static final int REQUESTS = 300;
    private static final int PER_SECOND = 1_000;

    private WarmClient() {}

    /** Takes a few seconds; nothing of it is left. */
    static void practise(Certificates certificates, List<byte[]> bodies, String answer) {
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(certificates.certificate().toString())
                                .addKeyPath(certificates.key().toString())))
                .requestHandler(request ->
                        request.endHandler(ended -> request.response().end(answer)))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try {
            URI uri = URI.create("https://127.0.0.1:" + server.actualPort());
            for (int i = 0; i < CLIENTS; i++) {
                new OpenLoop(certificates.trusting(), uri, PER_SECOND).run(bodies, REQUESTS, answer);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
