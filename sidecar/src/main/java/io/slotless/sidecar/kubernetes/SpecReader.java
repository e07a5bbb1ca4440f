package io.slotless.sidecar.kubernetes;

import io.slotless.api.v1alpha1.Auth;
import io.slotless.api.v1alpha1.ConnectionPool;
import io.slotless.api.v1alpha1.PlainAuth;
import io.slotless.api.v1alpha1.PresentAs;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.SecretReference;
import io.slotless.api.v1alpha1.TcpKeepalive;
import io.slotless.api.v1alpha1.TcpSettings;
import io.slotless.api.v1alpha1.TlsMode;
import io.slotless.api.v1alpha1.TlsSettings;
import io.slotless.api.v1alpha1.TrafficPolicy;
import io.slotless.sidecar.json.JsonValue;
import io.slotless.sidecar.json.WrongTypeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a RedisDestination, field by field. Jackson's databind would do it, at the price of some 5 MB of the image's archive of
 * classes, all of it in memory; that it would come to the same is what the tests say. Fields that are not known are ignored. All
 * throw {@link WrongTypeException}.
 */
final class SpecReader {

    private SpecReader() {}

    static RedisDestinationSpec spec(JsonValue spec) {
        return new RedisDestinationSpec(
                spec.at("host").demandText(),
                spec.at("port").demandInt(),
                spec.at("trafficPolicy").demandObject(SpecReader::trafficPolicy));
    }

    private static TrafficPolicy trafficPolicy(JsonValue policy) {
        return new TrafficPolicy(
                policy.at("connectionPool").demandObject(SpecReader::connectionPool),
                policy.at("tls").demandObject(SpecReader::tls));
    }

    private static ConnectionPool connectionPool(JsonValue pool) {
        return new ConnectionPool(
                pool.at("tcp").demandObject(SpecReader::tcp), pool.at("redis").demandObject(SpecReader::redis));
    }

    private static TcpSettings tcp(JsonValue tcp) {
        return new TcpSettings(
                tcp.at("maxConnections").demandInt(),
                tcp.at("connectTimeout").demandText(),
                tcp.at("tcpKeepalive").demandObject(SpecReader::tcpKeepalive));
    }

    private static TcpKeepalive tcpKeepalive(JsonValue keepalive) {
        return new TcpKeepalive(
                keepalive.at("probes").demandInt(),
                keepalive.at("time").demandText(),
                keepalive.at("interval").demandText());
    }

    private static RedisSettings redis(JsonValue redis) {
        return new RedisSettings(
                oneOf(redis.at("mode"), RedisMode::of),
                redis.at("auth").demandObject(SpecReader::auth),
                redis.at("discoveryEndpoints").demandTexts(),
                oneOf(redis.at("presentAs"), PresentAs::of));
    }

    private static Auth auth(JsonValue auth) {
        return new Auth(
                auth.at("secret").demandObject(SpecReader::secret),
                auth.at("plain").demandObject(SpecReader::plain));
    }

    private static SecretReference secret(JsonValue secret) {
        return new SecretReference(
                secret.at("name").demandText(),
                secret.at("passwordField").demandText(),
                secret.at("usernameField").demandText());
    }

    private static PlainAuth plain(JsonValue plain) {
        return new PlainAuth(
                plain.at("username").demandText(), plain.at("password").demandText());
    }

    private static TlsSettings tls(JsonValue tls) {
        return new TlsSettings(
                oneOf(tls.at("mode"), TlsMode::of),
                tls.at("sni").demandText(),
                tls.at("credentialName").demandText(),
                tls.at("insecureSkipVerify").demandBoolean());
    }

    private static <E extends Enum<E>> @Nullable E oneOf(JsonValue name, Function<String, E> known) {
        String text = name.demandText();
        return text == null ? null : known.apply(text);
    }
}
