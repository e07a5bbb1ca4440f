package io.slotless.sidecar.destination;

import io.slotless.api.v1alpha1.Auth;
import io.slotless.api.v1alpha1.PlainAuth;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisDestinations;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.SecretReference;
import io.slotless.api.v1alpha1.TlsMode;
import io.slotless.api.v1alpha1.TlsSettings;
import io.slotless.sidecar.destination.DestinationConfig.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a RedisDestination takes from Secrets, and collects what is wrong with them. Made for one reading. */
final class SecretReader {

    private final SecretLookup secrets;
    private final List<String> problems = new ArrayList<>();
    private @Nullable String awaited;

    SecretReader(SecretLookup secrets) {
        this.secrets = secrets;
    }

    /** What stands against the use of what was read; empty if nothing does. */
    Optional<Reading> obstacle() {
        if (!problems.isEmpty()) {
            return Optional.of(new Reading.Invalid(problems));
        }
        return Optional.ofNullable(awaited).map(Reading.Waiting::new);
    }

    /** Empty when none are asked for, or when there is an obstacle. */
    Optional<Credentials> credentials(@Nullable RedisDestinationSpec spec) {
        Optional<Auth> auth = RedisDestinations.redis(spec).map(RedisSettings::auth);
        return auth.map(Auth::secret).flatMap(this::credentials).or(() -> auth.map(Auth::plain)
                .flatMap(SecretReader::credentials));
    }

    /** As Aeraki: an empty password means none. */
    private static Optional<Credentials> credentials(PlainAuth plain) {
        String username = emptyToNull(plain.username());
        String password = plain.password() == null ? "" : plain.password();
        return username == null && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(username, password));
    }

    /** As Aeraki documents it: keys {@code password}, else {@code token}, and {@code username}; white space trimmed. */
    private Optional<Credentials> credentials(SecretReference reference) {
        String name = String.valueOf(reference.name());
        return values(name).flatMap(values -> {
            String field = emptyToNull(reference.passwordField());
            Optional<String> password =
                    field == null ? value(values, "password").or(() -> value(values, "token")) : value(values, field);
            if (password.isEmpty()) {
                problems.add("Secret " + name + " has no " + (field == null ? "password or token" : field));
            }
            return password.map(present -> new Credentials(username(name, values, reference.usernameField()), present));
        });
    }

    private @Nullable String username(String name, Map<String, String> values, @Nullable String field) {
        String key = emptyToNull(field);
        Optional<String> username = value(values, key == null ? "username" : key);
        if (username.isEmpty() && key != null) {
            problems.add("Secret " + name + " has no " + key);
        }
        return username.orElse(null);
    }

    /** Empty for plain TCP, or when there is an obstacle. */
    Optional<Tls> tls(@Nullable RedisDestinationSpec spec) {
        return RedisDestinations.tls(spec)
                .filter(tls -> tls.mode() != null && tls.mode() != TlsMode.DISABLE)
                .flatMap(tls -> {
                    String name = emptyToNull(tls.credentialName());
                    return name == null
                            ? Optional.of(new Tls(emptyToNull(tls.sni()), null, null, null, tls.insecureSkipVerify()))
                            : values(name).flatMap(values -> tls(tls, name, values));
                });
    }

    private Optional<Tls> tls(TlsSettings tls, String name, Map<String, String> values) {
        String certificate = null;
        String key = null;
        if (tls.mode() == TlsMode.MUTUAL) {
            certificate = required(name, values, "tls.crt");
            key = required(name, values, "tls.key");
        }
        String authority = value(values, "ca.crt").orElse(null);
        return Optional.of(new Tls(emptyToNull(tls.sni()), authority, certificate, key, tls.insecureSkipVerify()));
    }

    private @Nullable String required(String name, Map<String, String> values, String key) {
        Optional<String> value = value(values, key);
        if (value.isEmpty()) {
            problems.add("Secret " + name + " has no " + key);
        }
        return value.orElse(null);
    }

    private Optional<Map<String, String>> values(String name) {
        SecretAnswer answer = secrets.find(name);
        if (answer instanceof SecretAnswer.Found found) {
            return Optional.of(found.values());
        }
        if (answer instanceof SecretAnswer.Missing missing) {
            problems.add("Secret " + name + ": " + missing.reason());
        } else if (answer instanceof SecretAnswer.Pending pending) {
            awaited = "Secret " + name + ": " + pending.reason();
        }
        return Optional.empty();
    }

    private static Optional<String> value(Map<String, String> values, String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
