package io.slotless.webhook.injection;

import io.slotless.api.v1alpha1.Auth;
import io.slotless.api.v1alpha1.RedisDestinations;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.SecretReference;
import io.slotless.api.v1alpha1.TlsSettings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The Secrets that RedisDestinations name. */
final class Secrets {

    private Secrets() {}

    /** Names of the Secrets in the namespace that these hosts need: a pod can mount no other. */
    static List<String> of(List<TakenHost> hosts, String namespace) {
        return hosts.stream()
                .filter(host -> host.namespace().equals(namespace))
                .map(TakenHost::destination)
                .filter(Objects::nonNull)
                .flatMap(Secrets::of)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> of(Destination destination) {
        Optional<String> auth = RedisDestinations.redis(destination.spec())
                .map(RedisSettings::auth)
                .map(Auth::secret)
                .map(SecretReference::name);
        Optional<String> tls = RedisDestinations.tls(destination.spec()).map(TlsSettings::credentialName);
        return Stream.of(auth, tls).flatMap(Optional::stream);
    }
}
