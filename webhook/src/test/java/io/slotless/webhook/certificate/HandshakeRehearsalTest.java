package io.slotless.webhook.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.webhook.certificate.authority.Issuing;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class HandshakeRehearsalTest {

    private final ServingKey serving = new ServingKey();

    @Test
    void isAWholeHandshakeAndAMessageEachWay() throws Exception {
        Credential credential = Issuing.selfSigned();
        serving.serve(credential);
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(new KeyManager[] {serving}, null, null);
        SSLEngine client = HandshakeRehearsal.trusting(credential).createSSLEngine();

        assertThat(HandshakeRehearsal.talk(client, server.createSSLEngine())).isEqualTo(20_000);
        assertThat(client.getSession().getPeerCertificates()).containsExactly(credential.certificate());
    }

    @Test
    void withoutACertificateNothingIsRehearsed() {
        assertThat(new HandshakeRehearsal(serving).run()).isZero();
    }

    @Test
    void withACertificateManyAre() {
        serving.serve(Issuing.selfSigned());
        assertThat(new HandshakeRehearsal(serving).run()).isPositive();
    }
}
