package io.slotless.kube;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** What the API server makes of a caBundle. */
final class Trust {

    private final List<X509Certificate> authorities = new ArrayList<>();

    /** @param caBundle base64 of PEM */
    private Trust(String caBundle) throws GeneralSecurityException {
        for (Certificate authority : CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(Base64.getDecoder().decode(caBundle)))) {
            authorities.add((X509Certificate) authority);
        }
    }

    /** What the first entry of the configuration says. */
    static Trust of(MutatingWebhookConfiguration configuration) {
        try {
            return new Trust(
                    configuration.getWebhooks().get(0).getClientConfig().getCaBundle());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    List<X509Certificate> authorities() {
        return authorities;
    }

    /** The certificate that is served at this port of 127.0.0.1; an exception if it is not trusted. */
    X509Certificate handshake(int port) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry(authority.getSerialNumber().toString(), authority);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
