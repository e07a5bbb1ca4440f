package io.slotless.webhook.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.slotless.api.SlotlessNames;
import io.slotless.webhook.chart.DeploymentEnv;
import io.slotless.webhook.injection.InjectionRules;
import io.slotless.webhook.injection.NativeSidecar;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every setting, its default, and what the chart makes of it. */
class WebhookConfigTest {

    @Test
    void defaults() {
        WebhookConfig config = config(Map.of());

        assertThat(config.clusterDomain()).isEqualTo("cluster.local");
        assertThat(config.excludedNamespaces())
                .containsExactlyInAnyOrder("kube-system", "kube-public", "kube-node-lease");
        assertThat(config.namespace()).isEmpty();
        assertThat(config.name()).isEqualTo("slotless-webhook");
        assertThat(config.podName()).isEmpty();
        assertThat(config.maxReviewSize().asLongValue()).isEqualTo(8 * 1024 * 1024);
        assertThat(config.certificate().source()).isEqualTo(WebhookConfig.Certificate.Source.FILES);
        assertThat(config.certificate().caDuration()).isEqualTo(Duration.ofHours(87_600));
        assertThat(config.certificate().duration()).isEqualTo(Duration.ofHours(2160));
        assertThat(config.certificate().caPause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.certificate().extraNames()).isEmpty();
        assertThat(config.reviewTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.certificate().cert()).isEqualTo(Path.of("/etc/slotless/tls/tls.crt"));
        assertThat(config.certificate().key()).isEqualTo(Path.of("/etc/slotless/tls/tls.key"));
        assertThat(config.certificate().reloadPeriod()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.status().sidecarPort()).isEqualTo(SlotlessNames.MANAGEMENT_PORT);
        assertThat(config.status().period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.sidecar().image()).startsWith("ghcr.io/slotless/slotless-sidecar:");
        assertThat(config.sidecar().imagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(config.sidecar().cpuRequest()).isEqualTo("50m");
        assertThat(config.sidecar().cpuLimit()).isEqualTo("1");
        assertThat(config.sidecar().memoryRequest()).isEqualTo("128Mi");
        assertThat(config.sidecar().memoryLimit()).isEqualTo("256Mi");
        assertThat(config.sidecar().logLevel()).isEqualTo("info");
        assertThat(config.sidecar().nativeSidecar()).isEqualTo(NativeSidecar.AUTO);
        assertThat(config.sidecar().user()).isEqualTo(10001);
        assertThat(config.sidecar().waitCommand()).startsWith("java").endsWith("io.slotless.sidecar.app.Wait");
    }

    @Test
    void everySettingIsTaken() {
        Map<String, String> properties = new HashMap<>();
        properties.put("slotless.webhook.cluster-domain", "example.local");
        properties.put("slotless.webhook.excluded-namespaces", "a,b");
        properties.put("slotless.webhook.namespace", "own");
        properties.put("slotless.webhook.sidecar.image", "image:1");
        properties.put("slotless.webhook.sidecar.image-pull-policy", "Always");
        properties.put("slotless.webhook.sidecar.cpu-request", "1m");
        properties.put("slotless.webhook.sidecar.cpu-limit", "2m");
        properties.put("slotless.webhook.sidecar.memory-request", "3Mi");
        properties.put("slotless.webhook.sidecar.memory-limit", "4Mi");
        properties.put("slotless.webhook.sidecar.log-level", "debug");
        properties.put("slotless.webhook.sidecar.native-sidecar", "false");
        properties.put("slotless.webhook.sidecar.user", "7");
        properties.put("slotless.webhook.sidecar.wait-command", "wait,for");

        InjectionRules rules = InjectionRulesFactory.rules(config(properties));

        assertThat(rules.dns().domain()).isEqualTo("example.local");
        assertThat(rules.excludedNamespaces()).containsExactlyInAnyOrder("a", "b", "own");
        assertThat(rules.sidecar())
                .hasToString("SidecarSettings[image=image:1, imagePullPolicy=Always, cpuRequest=1m, cpuLimit=2m, "
                        + "memoryRequest=3Mi, memoryLimit=4Mi, logLevel=DEBUG, nativeSidecar=FALSE, user=7, "
                        + "waitCommand=[wait, for]]");
    }

    @Test
    void unknownKeyIsRefused() {
        assertThatThrownBy(() -> config(Map.of("slotless.webhook.sidecar.imaeg", "typo")))
                .hasMessageContaining("slotless.webhook.sidecar.imaeg");
    }

    @Test
    void chartSetsWhatTheWebhookReads() throws Exception {
        Map<String, String> env = DeploymentEnv.ofTheChart();

        InjectionRules rules = InjectionRulesFactory.rules(
                builder().withSources(new EnvConfigSource(env, 300)).build().getConfigMapping(WebhookConfig.class));

        InjectionRules defaults = InjectionRulesFactory.rules(config(Map.of()));
        assertThat(rules.sidecar()).isEqualTo(defaults.sidecar());
        assertThat(rules.dns()).isEqualTo(defaults.dns());
        assertThat(rules.excludedNamespaces()).isEqualTo(defaults.excludedNamespaces());
        assertThat(env).hasSize(14);
    }

    private static WebhookConfig config(Map<String, String> properties) {
        return builder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(WebhookConfig.class);
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(WebhookConfig.class);
    }
}
