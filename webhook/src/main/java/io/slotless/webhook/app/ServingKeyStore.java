package io.slotless.webhook.app;

import io.quarkus.tls.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.KeyStoreProvider;
import io.slotless.webhook.certificate.ServingKey;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * The TLS configuration of the HTTPS port. It asks {@link ServingKey} at each handshake, so nothing is reloaded when the
 * certificate changes, and the port opens before there is one.
 */
@Singleton
@Identifier("webhook")
class ServingKeyStore implements KeyStoreProvider {

    private final ServingKey serving;

    ServingKeyStore(ServingKey serving) {
        this.serving = serving;
    }

    @Override
    public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        try {
            KeyStore empty = KeyStore.getInstance(KeyStore.getDefaultType());
            empty.load(null, null);
            return new KeyStoreAndKeyCertOptions(empty, KeyCertOptions.wrap(serving));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("an empty key store cannot fail", e);
        }
    }
}
