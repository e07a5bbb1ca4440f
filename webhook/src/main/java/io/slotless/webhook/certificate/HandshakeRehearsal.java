package io.slotless.webhook.certificate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * TLS with ourselves, in memory: the first handshakes take many times as long as later ones, until the JVM has compiled the arithmetic
 * of curves and ciphers, and a burst of pods comes over many new connections. Any thread.
 */
public final class HandshakeRehearsal {

    private static final Logger LOG = Logger.getLogger(HandshakeRehearsal.class);
    private static final int HANDSHAKES = 60;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** As many bytes as a review has, and its answer. */
    private static final int MESSAGE = 10_000;
    /** More than any handshake takes. */
    private static final int MOST_FLIGHTS = 10;

    private static final int IN_FLIGHT = 1 << 16;

    private final ServingKey serving;

    public HandshakeRehearsal(ServingKey serving) {
        this.serving = serving;
    }

    /**
     * Takes a second or two.
     *
     * @return how many handshakes there were; none without a certificate
     */
    public int run() {
        return serving.current().map(this::run).orElse(0);
    }

    private int run(Credential credential) {
        int done = 0;
        try {
            SSLContext server = context(new KeyManager[] {serving}, null);
            SSLContext client = trusting(credential);
            long start = System.nanoTime();
            while (done < HANDSHAKES && System.nanoTime() - start < LIMIT_NANOS) {
                talk(client.createSSLEngine(), server.createSSLEngine());
                done++;
            }
        } catch (GeneralSecurityException | IOException e) {
            // Whoever connects will be told more than that.
            LOG.debug("handshakes not rehearsed", e);
        }
        return done;
    }

    /** A client that trusts nobody else. */
    static SSLContext trusting(Credential credential) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("own", credential.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return context(null, factory.getTrustManagers());
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    /**
     * A handshake, and a message each way.
     *
     * @return bytes of messages that have been sent and read
     */
    static int talk(SSLEngine client, SSLEngine server) throws SSLException {
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer request = ByteBuffer.allocate(MESSAGE);
        ByteBuffer answer = ByteBuffer.allocate(MESSAGE);
        ByteBuffer toServer = ByteBuffer.allocate(IN_FLIGHT);
        ByteBuffer toClient = ByteBuffer.allocate(IN_FLIGHT);
        int read = 0;
        for (int i = 0; i < MOST_FLIGHTS && read < 2 * MESSAGE; i++) {
            write(client, request, toServer);
            read += read(server, toServer);
            write(server, answer, toClient);
            read += read(client, toClient);
        }
        return read;
    }

    /** All that there is to say before the other has been heard. */
    private static void write(SSLEngine engine, ByteBuffer message, ByteBuffer packets) throws SSLException {
        int written = 1;
        while (written > 0
                && (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                        || engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && message.hasRemaining())) {
            written = engine.wrap(message, packets).bytesProduced();
        }
    }

    /** All that can be heard before something is to be said; how many bytes of messages there were. */
    private static int read(SSLEngine engine, ByteBuffer packets) throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        packets.flip();
        int read = 0;
        int consumed = 1;
        while (consumed > 0 && packets.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(packets, plain.clear());
            consumed = result.bytesConsumed();
            read += result.bytesProduced();
            runTasks(engine);
        }
        packets.compact();
        return read;
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
