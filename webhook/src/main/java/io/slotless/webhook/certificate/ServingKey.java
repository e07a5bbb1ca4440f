package io.slotless.webhook.certificate;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS asks for at each handshake: the certificate of that moment. So another one takes effect at once, and on new
 * connections only; without one a handshake fails. Any thread.
 */
public final class ServingKey extends X509ExtendedKeyManager {

    private volatile Turn turn = new Turn(0, null, null);

    /** From now on new connections get this one. */
    public synchronized void serve(Credential credential) {
        if (!credential.equals(turn.current)) {
            turn = new Turn(turn.number + 1, credential, turn.current);
        }
    }

    public Optional<Credential> current() {
        return Optional.ofNullable(turn.current);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return turn.alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return turn.alias(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = turn.alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Credential credential = turn.credential(alias);
        return credential == null ? null : credential.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Credential credential = turn.credential(alias);
        return credential == null ? null : credential.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    /** A handshake asks for the alias, then for key and chain: in between the certificate may change, but not the alias. */
    private record Turn(
            long number,
            @Nullable Credential current,
            @Nullable Credential previous) {

        @Nullable
        String alias(String keyType) {
            return current != null && current.key().getAlgorithm().equals(keyType) ? Long.toString(number) : null;
        }

        @Nullable
        Credential credential(String alias) {
            if (Objects.equals(alias, Long.toString(number))) {
                return current;
            }
            return Objects.equals(alias, Long.toString(number - 1)) ? previous : null;
        }
    }
}
