package io.slotless.sidecar.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.sidecar.destination.DestinationConfig.PresentAs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DestinationReaderTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final RedisHost HOST = new RedisHost(
            "external-redis.redis.svc.cluster.local", new Endpoint("external-redis.redis.svc.cluster.local", 6380));

    private final Map<String, SecretAnswer> secrets = new HashMap<>();

    @Test
    void readsTheManifestOfTheDesign() {
        assertThat(valid("""
                connectionPool:
                  redis:
                    mode: CLUSTER
                """))
                .isEqualTo(new DestinationConfig(
                        HOST.name(),
                        Mode.CLUSTER,
                        PresentAs.STANDALONE,
                        List.of(HOST.upstream()),
                        null,
                        Optional.empty(),
                        DestinationConfig.Tcp.DEFAULT,
                        Duration.ofSeconds(60)));
    }

    @Test
    void noPolicyAndProxyAndStandaloneAllPassThrough() {
        DestinationConfig passThrough = DestinationConfig.passThrough(HOST.name(), HOST.upstream());
        assertThat(read(new RedisDestinationYaml("").text())).isEqualTo(new Reading.Valid(passThrough));
        assertThat(valid("connectionPool: {redis: {mode: PROXY}}")).isEqualTo(passThrough);
        assertThat(valid("connectionPool: {redis: {mode: STANDALONE}}")).isEqualTo(passThrough);
    }

    @Test
    void discoveryEndpointsAreTheSeedsOfAClusterAndTakeTheUpstreamPort() {
        assertThat(valid("connectionPool: {redis: {mode: CLUSTER, discoveryEndpoints: ['a', 'b:7000', '[::1]:7001']}}")
                        .seeds())
                .containsExactly(new Endpoint("a", 6380), new Endpoint("b", 7000), new Endpoint("::1", 7001));
    }

    @Test
    void discoveryEndpointsSayNothingAboutAProxy() {
        assertThat(valid("connectionPool: {redis: {discoveryEndpoints: ['a']}}").seeds())
                .containsExactly(HOST.upstream());
    }

    @Test
    void thePortOfTheObjectOverridesTheUpstreamPort() {
        Reading reading = read(
                "{host: external-redis, port: 7777, trafficPolicy: {connectionPool: {redis: {mode: CLUSTER, discoveryEndpoints: [a]}}}}");
        assertThat(((Reading.Valid) reading).config().seeds()).containsExactly(new Endpoint("a", 7777));
    }

    @Test
    void presentsAClusterWhenAsked() {
        assertThat(valid("connectionPool: {redis: {presentAs: CLUSTER}}").presentAs())
                .isEqualTo(PresentAs.CLUSTER);
    }

    @Test
    void readsTcpSettings() {
        assertThat(valid("""
                connectionPool:
                  tcp:
                    maxConnections: 7
                    connectTimeout: 1m30s
                    tcpKeepalive: {probes: 3, time: 10s}
                """).tcp())
                .isEqualTo(new DestinationConfig.Tcp(
                        Duration.ofSeconds(90),
                        7,
                        Optional.of(new DestinationConfig.Keepalive(3, Duration.ofSeconds(10), Duration.ZERO))));
    }

    @Test
    void plainCredentialsAreTakenAsTheyAre() {
        assertThat(valid("connectionPool: {redis: {auth: {plain: {username: app, password: ' p '}}}}")
                        .credentials())
                .isEqualTo(new Credentials("app", " p "));
    }

    @Test
    void secretKeysAreFoundByTheirUsualNamesAndTrimmed() {
        secrets.put("s", new SecretAnswer.Found(Map.of("password", "testredis\n", "username", " app ")));
        assertThat(valid("connectionPool: {redis: {auth: {secret: {name: s}}}}").credentials())
                .isEqualTo(new Credentials("app", "testredis"));
        secrets.put("s", new SecretAnswer.Found(Map.of("token", "t")));
        assertThat(valid("connectionPool: {redis: {auth: {secret: {name: s}}}}").credentials())
                .isEqualTo(new Credentials(null, "t"));
    }

    @Test
    void secretKeysCanBeNamed() {
        secrets.put("s", new SecretAnswer.Found(Map.of("password", "no", "pw", "yes", "u", "app")));
        assertThat(valid("connectionPool: {redis: {auth: {secret: {name: s, passwordField: pw, usernameField: u}}}}")
                        .credentials())
                .isEqualTo(new Credentials("app", "yes"));
    }

    @Test
    void aMissingKeyNeverMeansNoCredentials() {
        secrets.put("s", new SecretAnswer.Found(Map.of("other", "x", "password", " ")));
        assertThat(policy("connectionPool: {redis: {auth: {secret: {name: s}}}}"))
                .isEqualTo(new Reading.Invalid(List.of("Secret s has no password or token")));
        assertThat(policy("connectionPool: {redis: {auth: {secret: {name: s, passwordField: pw}}}}"))
                .isEqualTo(new Reading.Invalid(List.of("Secret s has no pw")));
        assertThat(policy(
                        "connectionPool: {redis: {auth: {secret: {name: s, passwordField: other, usernameField: u}}}}"))
                .isEqualTo(new Reading.Invalid(List.of("Secret s has no u")));
    }

    @Test
    void aMissingSecretIsAProblemAndALateOneIsWaitedFor() {
        secrets.put("late", new SecretAnswer.Pending("not yet read"));
        assertThat(policy("connectionPool: {redis: {auth: {secret: {name: gone}}}}"))
                .isEqualTo(new Reading.Invalid(List.of("Secret gone: not there")));
        assertThat(policy("connectionPool: {redis: {auth: {secret: {name: late}}}}"))
                .isEqualTo(new Reading.Waiting("Secret late: not yet read"));
    }

    @Test
    void aCopyWaitsForThePasswordThatWasWithheldAndAnOriginalMustHaveOne() {
        RedisDestinationSpec spec =
                parse(new RedisDestinationYaml("connectionPool: {redis: {auth: {plain: {username: app}}}}").text());
        assertThat(DestinationReader.readCopy(HOST, spec, SecretAnswer.Missing::new))
                .isInstanceOf(Reading.Waiting.class);
        assertThat(DestinationReader.read(HOST, spec, SecretAnswer.Missing::new))
                .isInstanceOf(Reading.Invalid.class);
    }

    @Test
    void tlsTakesItsCertificatesFromTheSecret() {
        secrets.put("c", new SecretAnswer.Found(Map.of("ca.crt", "CA\n", "tls.crt", "CRT", "tls.key", "KEY")));
        assertThat(valid("tls: {mode: MUTUAL, sni: redis.example, credentialName: c}")
                        .tls())
                .contains(new DestinationConfig.Tls("redis.example", "CA", "CRT", "KEY", false));
        assertThat(valid("tls: {mode: SIMPLE, credentialName: c}").tls())
                .contains(new DestinationConfig.Tls(null, "CA", null, null, false));
        assertThat(valid("tls: {mode: SIMPLE}").tls())
                .contains(new DestinationConfig.Tls(null, null, null, null, false));
        assertThat(valid("tls: {mode: DISABLE}").tls()).isEmpty();
    }

    @Test
    void mutualTlsWithoutAKeyIsAProblem() {
        secrets.put("c", new SecretAnswer.Found(Map.of("ca.crt", "CA")));
        assertThat(policy("tls: {mode: MUTUAL, credentialName: c}"))
                .isEqualTo(new Reading.Invalid(List.of("Secret c has no tls.crt", "Secret c has no tls.key")));
    }

    @Test
    void whatTheSchemaWouldRefuseIsRefused() {
        assertThat(policy("connectionPool: {tcp: {connectTimeout: soon}}")).isInstanceOf(Reading.Invalid.class);
        assertThat(policy("connectionPool: {redis: {mode: SENTINEL}}")).isInstanceOf(Reading.Invalid.class);
        assertThat(policy("connectionPool: {redis: {mode: CLUSTER, discoveryEndpoints: ['redis://a:1']}}"))
                .isInstanceOf(Reading.Invalid.class);
    }

    @Test
    void noSecretIsEverPrinted() {
        secrets.put(
                "c", new SecretAnswer.Found(Map.of("password", "hunter2", "tls.crt", "hunter2", "tls.key", "hunter2")));
        DestinationConfig config =
                valid("{connectionPool: {redis: {auth: {secret: {name: c}}}}, tls: {mode: MUTUAL, credentialName: c}}");
        assertThat(config.credentials()).isNotNull();
        assertThat(config.toString() + secrets).doesNotContain("hunter2");
    }

    private DestinationConfig valid(String trafficPolicy) {
        Reading reading = policy(trafficPolicy);
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        return ((Reading.Valid) reading).config();
    }

    private Reading policy(String trafficPolicy) {
        return read(new RedisDestinationYaml(trafficPolicy).text());
    }

    private Reading read(String spec) {
        return DestinationReader.read(
                HOST, parse(spec), name -> secrets.getOrDefault(name, new SecretAnswer.Missing("not there")));
    }

    private static RedisDestinationSpec parse(String spec) {
        try {
            return YAML.readValue(spec, RedisDestinationSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record RedisDestinationYaml(String trafficPolicy) {
        String text() {
            return "host: external-redis.redis.svc.cluster.local\n"
                    + (trafficPolicy.isEmpty() ? "" : "trafficPolicy:\n" + trafficPolicy.indent(2));
        }
    }
}
