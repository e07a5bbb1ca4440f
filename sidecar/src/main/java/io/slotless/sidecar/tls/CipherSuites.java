package io.slotless.sidecar.tls;

import io.vertx.core.net.TCPSSLOptions;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The cipher suites that the JVM enables by itself, named. Vert.x would find out with the JVM's default trust otherwise: it would read all
 * of the system's authorities, a hundred certificates and more, into a sidecar that trusts one.
 */
public final class CipherSuites {

    private static final TrustManager[] NOBODY = {};

    private CipherSuites() {}

    /** Enables them; from any thread. The first call takes as long as it takes the JVM to learn TLS. */
    public static void enable(TCPSSLOptions options) {
        OfTheJvm.NAMES.forEach(options::addEnabledCipherSuite);
    }

    /** Asked for when first needed: not every sidecar has TLS. */
    private static final class OfTheJvm {
        static final List<String> NAMES = names();

        private static List<String> names() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, NOBODY, null);
                return List.of(context.createSSLEngine().getEnabledCipherSuites());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM has no TLS", e);
            }
        }
    }
}
