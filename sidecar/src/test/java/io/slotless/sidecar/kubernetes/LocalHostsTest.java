package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.api.bootstrap.BootstrapHost;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalHostsTest {

    private final List<String> problems = new ArrayList<>();
    private final LocalHosts hosts =
            new LocalHosts("127.0.0.1", (object, problem) -> problems.add(object + ": " + problem));

    @Test
    void listensOnThePortOfRedis() {
        assertThat(with("{host: cache}", "{host: sessions, port: 7000}"))
                .containsExactly(
                        new BootstrapHost("cache", "127.0.0.1", 6379, "cache", 6379, "redis", null),
                        new BootstrapHost("sessions", "127.0.0.1", 7000, "sessions", 7000, "redis", null));
    }

    @Test
    void theAnnotationChoosesThePortOrTheAddressToo() {
        assertThat(hosts.with(List.of(object("{host: cache}", "'7001'"), object("{host: x}", "0.0.0.0:7002"))))
                .extracting(host -> host.listenAddress() + ":" + host.listenPort())
                .containsExactly("127.0.0.1:7001", "0.0.0.0:7002");
    }

    @Test
    void aHostStaysWithoutItsDestination() {
        with("{host: cache}");
        assertThat(hosts.with(List.of())).hasSize(1);
    }

    @Test
    void oneAddressServesOneHostAndTheProblemIsToldOnce() {
        assertThat(with("{host: cache}", "{host: other}")).hasSize(1);
        with("{host: cache}", "{host: other}");
        assertThat(problems)
                .containsExactly("redis/other: 127.0.0.1:6379 already serves cache;"
                        + " give one of them another port with the annotation slotless.io/listen");
    }

    @Test
    void whatIsWrongMakesNoHost() {
        assertThat(with("{trafficPolicy: {}}", "{host: cache, port: 70000}")).isEmpty();
        assertThat(problems).hasSize(2);
    }

    private List<BootstrapHost> with(String... specs) {
        return hosts.with(Stream.of(specs).map(spec -> object(spec, "")).toList());
    }

    private static DestinationObject object(String spec, String listen) {
        String name = spec.replaceAll(".*host: (\\w+).*", "$1").replaceAll("\\W", "");
        String annotations = listen.isEmpty() ? "{}" : "{slotless.io/listen: " + listen + "}";
        return new DestinationObject.Decoded(Yaml.parse("metadata: {name: " + name + ", namespace: redis, annotations: "
                + annotations + "}\nspec: " + spec + "\n"));
    }
}
