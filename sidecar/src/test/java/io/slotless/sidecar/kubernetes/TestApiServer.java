package io.slotless.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.slotless.api.v1alpha1.ApiNames;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** fabric8's API server on a loopback port: real HTTP, real watches, no validation. */
public final class TestApiServer implements AutoCloseable {

    private final Map<ServerRequest, Queue<ServerResponse>> expectations = new ConcurrentHashMap<>();
    private final KubernetesMockServer server;
    private final KubernetesClient admin;

    /**
     * Starts it.
     *
     * @param port 0 for a free one
     */
    public TestApiServer(int port) {
        var dispatcher = new KubernetesMixedDispatcher(
                expectations,
                List.of(new CustomResourceDefinitionContext.Builder()
                        .withGroup(ApiNames.GROUP)
                        .withVersion(ApiNames.VERSION)
                        .withKind(ApiNames.REDIS_DESTINATION)
                        .withPlural(ApiNames.REDIS_DESTINATIONS)
                        .withScope("Namespaced")
                        .build()));
        server = new KubernetesMockServer(
                new Context(Serialization.jsonMapper()), new MockWebServer(), expectations, dispatcher, false);
        server.init(InetAddress.getLoopbackAddress(), port);
        admin = client();
    }

    public int port() {
        return server.getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /** A new client; close it. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(url())
                        .withRequestRetryBackoffLimit(0)
                        .withWatchReconnectInterval(50)
                        .build())
                .build();
    }

    /** Answers a path with an error, again and again. */
    public void refuse(String path, int code) {
        server.expect().get().withPath(path).andReturn(code, "").always();
    }

    /** How many requests there were. */
    public int requests() {
        return server.getRequestCount();
    }

    /** Creates an object or replaces it. */
    public void apply(String yaml) {
        GenericKubernetesResource object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        var resource = admin.genericKubernetesResources(context(object))
                .inNamespace(object.getMetadata().getNamespace())
                .resource(object);
        if (resource.get() == null) {
            resource.create();
        } else {
            resource.update();
        }
    }

    public void delete(String yaml) {
        GenericKubernetesResource object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        admin.genericKubernetesResources(context(object))
                .inNamespace(object.getMetadata().getNamespace())
                .resource(object)
                .delete();
    }

    private static ResourceDefinitionContext context(GenericKubernetesResource object) {
        String[] version = object.getApiVersion().split("/");
        return new ResourceDefinitionContext.Builder()
                .withGroup(version.length == 1 ? "" : version[0])
                .withVersion(version[version.length - 1])
                .withKind(object.getKind())
                .withPlural(object.getKind().toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }

    @Override
    public void close() {
        admin.close();
        server.destroy();
    }
}
