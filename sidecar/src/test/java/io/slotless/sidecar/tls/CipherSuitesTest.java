package io.slotless.sidecar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.NetClientOptions;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class CipherSuitesTest {

    @Test
    void areThoseThatTheJvmEnables() throws Exception {
        NetClientOptions options = new NetClientOptions();
        CipherSuites.enable(options);
        assertThat(options.getEnabledCipherSuites())
                .containsExactly(SSLContext.getDefault().createSSLEngine().getEnabledCipherSuites());
    }
}
