package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.destination.SecretAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DestinationTrackerTest {

    private final MemorySource source = new MemorySource();
    private final RecordedDestinations told = new RecordedDestinations();
    private final DestinationTracker tracker = new DestinationTracker("cluster.local", source, told);

    @Test
    void aHostWithoutADestinationIsPassedThrough() {
        refresh(Yaml.host("cache"));
        source.known();
        refresh(Yaml.host("cache"));
        assertThat(told.events).containsExactly("PROXY");
    }

    @Test
    void theCopyFromAdmissionCountsUntilTheSourceKnows() {
        BootstrapHost host = Yaml.host("cache", Yaml.parse(Yaml.cluster("cache")));
        refresh(host);
        source.known();
        refresh(host);
        assertThat(told.events).containsExactly("CLUSTER", "PROXY");
    }

    @Test
    void creationChangeAndDeletionAreToldOnce() {
        BootstrapHost host = Yaml.host("cache");
        source.known();
        refresh(host);
        source.known(Yaml.cluster("cache"));
        refresh(host);
        refresh(host);
        source.known();
        refresh(host);
        assertThat(told.events).containsExactly("PROXY", "CLUSTER", "PROXY");
    }

    @Test
    void theObjectThatWasReadLastIsKnown() {
        BootstrapHost host =
                Yaml.host("cache", Yaml.parse(Yaml.cluster("copied").replace("copied.redis", "cache.redis")));
        refresh(host);
        assertThat(tracker.states().get(host.host()).read())
                .hasValueSatisfying(read -> assertThat(read.name()).isEqualTo("copied"));
        source.known(Yaml.withSecret("cache", "gone"));
        refresh(host);
        assertThat(tracker.states().get(host.host()).read())
                .hasValueSatisfying(read -> assertThat(read.name()).isEqualTo("cache"));
        source.known();
        refresh(host);
        assertThat(tracker.states().get(host.host()).read()).isEmpty();
    }

    @Test
    void aBadObjectLeavesTheLastGoodInForceAndIsToldOnce() {
        BootstrapHost host = Yaml.host("cache");
        source.known(Yaml.cluster("cache"));
        refresh(host);
        source.known(Yaml.withSecret("cache", "gone"));
        refresh(host);
        refresh(host);
        source.known(Yaml.cluster("cache"));
        refresh(host);
        assertThat(told.events).containsExactly("CLUSTER", "refused Secret gone: nowhere", "settled");
        assertThat(tracker.states().get(host.host()).obstacle()).isEmpty();
    }

    @Test
    void aMalformedObjectLeavesTheLastGoodInForce() {
        BootstrapHost host = Yaml.host("cache");
        source.known(Yaml.cluster("cache"));
        refresh(host);
        source.objects = List.of(new DestinationObject.Malformed(
                Yaml.parse(Yaml.cluster("cache")).metadata(), host.host(), "spec.port has a value of a wrong type"));
        refresh(host);
        assertThat(told.events).containsExactly("CLUSTER", "refused spec.port has a value of a wrong type");
        assertThat(tracker.states().get(host.host()).config()).isPresent();
    }

    @Test
    void aHostWaitsForThePasswordThatTheCopyLacks() {
        var plain = Yaml.destination(
                "cache",
                "cache.redis.svc.cluster.local",
                "{connectionPool: {redis: {auth: {plain: {password: hunter2}}}}}");
        BootstrapHost host = Yaml.host("cache", Yaml.parse(plain).withoutSecrets());
        refresh(host);
        assertThat(told.events).singleElement().asString().startsWith("waiting ");
        assertThat(tracker.states().get(host.host()).config()).isEmpty();
        source.known(plain);
        refresh(host);
        assertThat(told.events.subList(1, 2)).containsExactly("PROXY hunter2");
    }

    @Test
    void aChangedSecretMakesANewConfiguration() {
        BootstrapHost host = Yaml.host("cache");
        source.secrets.put("s", "one");
        source.known(Yaml.withSecret("cache", "s"));
        refresh(host);
        source.secrets.put("s", "two");
        refresh(host);
        assertThat(told.events).containsExactly("PROXY one", "PROXY two");
    }

    private void refresh(BootstrapHost host) {
        tracker.refresh(List.of(host));
    }

    private static final class MemorySource implements DestinationSource {

        private List<DestinationObject> objects;
        private final Map<String, String> secrets = new HashMap<>();

        void known(String... yamls) {
            objects = Stream.of(yamls)
                    .<DestinationObject>map(yaml -> new DestinationObject.Decoded(Yaml.parse(yaml)))
                    .toList();
        }

        @Override
        public void start(Runnable changed) {}

        @Override
        public Optional<List<DestinationObject>> destinations(String namespace) {
            return Optional.ofNullable(objects);
        }

        @Override
        public SecretAnswer secret(String namespace, String name) {
            String password = secrets.get(name);
            return password == null
                    ? new SecretAnswer.Missing("nowhere")
                    : new SecretAnswer.Found(Map.of("password", password));
        }

        @Override
        public void close() {}
    }
}
