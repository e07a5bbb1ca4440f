package io.slotless.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.slotless.fixture.kubernetes.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The webhook of somebody else: it adds a container of its own to every pod. */
final class OtherWebhook implements AutoCloseable {

    static final String CONTAINER = "another";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATCH = """
            [{"op": "add", "path": "/spec/containers/-",
              "value": {"name": "another", "image": "example.com/another:1.0"}}]""";

    private final HttpsServer server;

    private OtherWebhook(HttpsServer server) {
        this.server = server;
    }

    static OtherWebhook start(Certificates certificates) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            JdkSslContext tls = (JdkSslContext) SslContextBuilder.forServer(
                            certificates.certificate().toFile(),
                            certificates.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .build();
            server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
            server.createContext("/", OtherWebhook::answer);
            server.start();
            return new OtherWebhook(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode review = JSON.readTree(exchange.getRequestBody());
            ObjectNode answer = JSON.createObjectNode()
                    .put("apiVersion", "admission.k8s.io/v1")
                    .put("kind", "AdmissionReview");
            answer.putObject("response")
                    .put("uid", review.at("/request/uid").asText())
                    .put("allowed", true)
                    .put("patchType", "JSONPatch")
                    .put("patch", Base64.getEncoder().encodeToString(PATCH.getBytes(StandardCharsets.UTF_8)));
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
