package io.slotless.api.v1alpha1;

import static io.slotless.api.v1alpha1.Rule.matches;
import static io.slotless.api.v1alpha1.Rule.optionalMatch;
import static io.slotless.api.v1alpha1.Rule.optionalRange;
import static io.slotless.api.v1alpha1.Rule.required;
import static io.slotless.api.v1alpha1.Rule.requiredMatch;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of a RedisDestination and of the parts it shares with a RedisService. */
final class DestinationRules {

    static final String HOST = "write the name of the Redis host, such as redis-cluster.redis.svc.cluster.local,"
            + " without scheme and port";
    static final String PORT = "must be from 1 to 65535";
    static final String DURATION = "must be a duration: write a number with a unit, such as 500ms, 5s or 1h30m";
    static final String POSITIVE_DURATION =
            "must be a duration longer than zero: write a number with a unit, such as 500ms, 5s or 1h30m";
    static final String PROBES = "must not be negative";
    static final String ENDPOINTS =
            "write each endpoint as host, host:port or [IPv6]:port, with a port from 1 to 65535";
    static final String ONE_AUTH = "set secret or plain, not both";
    static final String SECRET = "write the name of a Secret of the same namespace";
    static final String KEY = "must be a key of the Secret: letters, digits, '-', '_' and '.'";
    static final String PASSWORD = "write the password; an empty one means none";
    static final String TLS_MODE = "write DISABLE, SIMPLE or MUTUAL";
    static final String MUTUAL = "MUTUAL needs the name of a Secret of the same namespace, with tls.crt and tls.key";
    static final String SNI = "must be a host name";

    private static final String ANY_DURATION = GoDuration.PATTERN;
    private static final Pattern NOT_ZERO = Pattern.compile("[1-9]");
    private static final Pattern SOME_DURATION = Pattern.compile(GoDuration.PATTERN);
    private static final Pattern ENDPOINT = Pattern.compile(DiscoveryEndpoint.PATTERN);
    private static final String KEY_OR_NONE = "^(" + DnsName.KEY + ")?$";
    private static final String OBJECT_OR_NONE = "^(" + DnsName.OBJECT + ")?$";

    static final List<Rule<?>> ALL = List.of(
            requiredMatch(
                    RedisDestinationSpec.class, "host", RedisDestinationSpec::host, "^" + DnsName.HOST + "$", HOST),
            optionalRange(RedisDestinationSpec.class, "port", RedisDestinationSpec::port, 1, 65_535, PORT),
            positiveDuration(TcpSettings.class, "connectTimeout", TcpSettings::connectTimeout),
            optionalRange(TcpKeepalive.class, "probes", TcpKeepalive::probes, 0, Integer.MAX_VALUE, PROBES),
            optionalMatch(TcpKeepalive.class, "time", TcpKeepalive::time, ANY_DURATION, DURATION),
            optionalMatch(TcpKeepalive.class, "interval", TcpKeepalive::interval, ANY_DURATION, DURATION),
            new Rule<>(
                    RedisSettings.class,
                    ".discoveryEndpoints",
                    "!has(self.discoveryEndpoints) || self.discoveryEndpoints.all(e, "
                            + matches("e", DiscoveryEndpoint.PATTERN) + ")",
                    redis -> redis.discoveryEndpoints().stream()
                            .allMatch(e -> ENDPOINT.matcher(e).matches()),
                    ENDPOINTS),
            new Rule<>(
                    Auth.class,
                    "",
                    "!(has(self.secret) && has(self.plain))",
                    auth -> auth.secret() == null || auth.plain() == null,
                    ONE_AUTH),
            requiredMatch(SecretReference.class, "name", SecretReference::name, "^" + DnsName.OBJECT + "$", SECRET),
            optionalMatch(SecretReference.class, "passwordField", SecretReference::passwordField, KEY_OR_NONE, KEY),
            optionalMatch(SecretReference.class, "usernameField", SecretReference::usernameField, KEY_OR_NONE, KEY),
            required(PlainAuth.class, "password", PlainAuth::password, PASSWORD),
            required(TlsSettings.class, "mode", TlsSettings::mode, TLS_MODE),
            optionalMatch(TlsSettings.class, "sni", TlsSettings::sni, "^(" + DnsName.HOST + ")?$", SNI),
            optionalMatch(TlsSettings.class, "credentialName", TlsSettings::credentialName, OBJECT_OR_NONE, SECRET),
            new Rule<>(
                    TlsSettings.class,
                    ".credentialName",
                    "!has(self.mode) || self.mode != 'MUTUAL' || (has(self.credentialName) && self.credentialName != '')",
                    tls -> tls.mode() != TlsMode.MUTUAL
                            || (tls.credentialName() != null
                                    && !tls.credentialName().isEmpty()),
                    MUTUAL));

    private DestinationRules() {}

    /** The field must be a duration longer than zero where it is set. */
    static <T> Rule<T> positiveDuration(Class<T> part, String field, Function<T, @Nullable String> value) {
        String name = "self." + field;
        return new Rule<>(
                part,
                "." + field,
                "!has(" + name + ") || (" + matches(name, ANY_DURATION) + " && " + matches(name, NOT_ZERO.pattern())
                        + ")",
                t -> {
                    String text = value.apply(t);
                    return text == null
                            || (SOME_DURATION.matcher(text).matches()
                                    && NOT_ZERO.matcher(text).find());
                },
                POSITIVE_DURATION);
    }
}
