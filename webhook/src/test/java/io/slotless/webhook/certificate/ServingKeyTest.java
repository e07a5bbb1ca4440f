package io.slotless.webhook.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.webhook.certificate.authority.Issuing;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** With the JDK's TLS on a loopback connection. */
class ServingKeyTest {

    private final ServingKey serving = new ServingKey();

    @Test
    void eachHandshakeGetsTheCertificateOfThatMoment() throws Exception {
        try (Server server = new Server(serving)) {
            for (Credential credential : new Credential[] {Issuing.selfSigned(), Issuing.selfSigned()}) {
                serving.serve(credential);
                assertThat(server.certificateSeenBy(credential.certificate())).isEqualTo(credential.certificate());
            }
        }
    }

    @Test
    void withoutACertificateTheHandshakeFails() throws Exception {
        try (Server server = new Server(serving)) {
            X509Certificate any = Issuing.selfSigned().certificate();
            assertThatThrownBy(() -> server.certificateSeenBy(any)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void handshakeThatHasBegunEndsWithTheCertificateItBeganWith() {
        Credential first = Issuing.selfSigned();
        serving.serve(first);
        String alias = serving.chooseEngineServerAlias("EC", null, null);

        serving.serve(Issuing.selfSigned());

        assertThat(serving.getCertificateChain(alias)).containsExactly(first.certificate());
        assertThat(serving.getPrivateKey(alias)).isEqualTo(first.key());
    }

    @Test
    void otherKindsOfKeysAreNotOffered() {
        serving.serve(Issuing.selfSigned());

        assertThat(serving.chooseEngineServerAlias("RSA", null, null)).isNull();
    }

    private static final class Server implements AutoCloseable {

        private final SSLServerSocket socket;

        Server(ServingKey serving) throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {serving}, null, null);
            socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }

        X509Certificate certificateSeenBy(X509Certificate trusted) throws Exception {
            CompletableFuture<Void> accepted = CompletableFuture.runAsync(() -> {
                try (SSLSocket client = (SSLSocket) socket.accept()) {
                    client.startHandshake();
                } catch (Exception failed) {
                    // The client says what is wrong.
                }
            });
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("trusted", trusted);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            try (SSLSocket client = (SSLSocket)
                    context.getSocketFactory().createSocket(socket.getInetAddress(), socket.getLocalPort())) {
                client.startHandshake();
                return (X509Certificate) client.getSession().getPeerCertificates()[0];
            } finally {
                accepted.join();
            }
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }
}
