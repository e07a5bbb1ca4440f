package io.slotless.sidecar.upstream;

import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.DestinationConfig.Tls;
import io.slotless.sidecar.tls.CipherSuites;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Objects;

/** Vert.x's names for what a {@link DestinationConfig} says about connections. */
final class ClientOptions {

    private ClientOptions() {}

    static NetClientOptions of(DestinationConfig config) {
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout(
                        Math.toIntExact(Math.min(config.tcp().connectTimeout().toMillis(), Integer.MAX_VALUE)))
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                // The names to verify are ours to choose: a node may be known by its address only.
                .setHostnameVerificationAlgorithm("");
        config.tls().ifPresent(tls -> addTls(options, tls));
        return options;
    }

    private static void addTls(NetClientOptions options, Tls tls) {
        options.setSsl(true).setTrustAll(tls.insecureSkipVerify());
        CipherSuites.enable(options);
        if (!tls.insecureSkipVerify()) {
            options.setHostnameVerificationAlgorithm("HTTPS");
        }
        if (tls.caPem() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(tls.caPem())));
        }
        if (tls.certificatePem() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(tls.certificatePem()))
                    .addKeyValue(Buffer.buffer(Objects.requireNonNull(tls.keyPem(), "a certificate needs its key"))));
        }
    }
}
