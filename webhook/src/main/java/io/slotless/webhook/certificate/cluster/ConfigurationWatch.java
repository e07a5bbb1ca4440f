package io.slotless.webhook.certificate.cluster;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says when the webhook configuration of this name changes; for the leader, who alone may have to answer. */
public final class ConfigurationWatch {

    private static final Logger LOG = Logger.getLogger(ConfigurationWatch.class);

    private final KubernetesClient client;
    private final String name;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private @Nullable SharedIndexInformer<MutatingWebhookConfiguration> configurations;

    public ConfigurationWatch(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    void onChange(Runnable follower) {
        followers.add(follower);
    }

    /** Begins to follow and returns at once; tries again for as long as the API server cannot be reached. */
    synchronized void start() {
        SharedIndexInformer<MutatingWebhookConfiguration> informer = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(name)
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> {
            LOG.warnf("watch failed, will try again: kind=MutatingWebhookConfiguration failure=%s", failure);
            return true;
        });
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(MutatingWebhookConfiguration added) {
                followers.forEach(Runnable::run);
            }

            @Override
            public void onUpdate(MutatingWebhookConfiguration before, MutatingWebhookConfiguration after) {
                followers.forEach(Runnable::run);
            }

            @Override
            public void onDelete(MutatingWebhookConfiguration deleted, boolean unknown) {
                followers.forEach(Runnable::run);
            }
        });
        informer.start();
        configurations = informer;
    }

    synchronized void stop() {
        if (configurations != null) {
            configurations.stop();
            configurations = null;
        }
    }
}
