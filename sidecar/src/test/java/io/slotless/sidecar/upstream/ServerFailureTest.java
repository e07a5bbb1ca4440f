package io.slotless.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.DestinationConfig.PresentAs;
import io.slotless.sidecar.destination.DestinationConfig.Tcp;
import io.slotless.sidecar.destination.Endpoint;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.upstream.ServerState.Failing;
import io.vertx.redis.client.impl.types.ErrorType;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ServerFailureTest {

    private static final DestinationConfig CONFIG = new DestinationConfig(
            "redis.test",
            Mode.PROXY,
            PresentAs.STANDALONE,
            List.of(new Endpoint("redis.test", 6379)),
            new Credentials(null, "hunter2"),
            Optional.empty(),
            Tcp.DEFAULT,
            Duration.ofSeconds(1));

    @Test
    void theCodeOfTheServersErrorIsTheReason() {
        assertThat(of(ErrorType.create("NOAUTH Authentication required.")))
                .isEqualTo(new Failing("AuthenticationRequired", "NOAUTH Authentication required."));
        assertThat(of(ErrorType.create("LOADING Redis is loading the dataset in memory"))
                        .reason())
                .isEqualTo("Loading");
        assertThat(of(ErrorType.create("ERR anything")).reason()).isEqualTo("ServerError");
    }

    @Test
    void serverThatRepeatsThePasswordDoesNotGiveItAway() {
        assertThat(of(ErrorType.create("ERR unknown command 'AUTH', with args beginning with: 'hunter2'"))
                        .message())
                .isEqualTo("ERR unknown command 'AUTH', with args beginning with: '***'");
    }

    @Test
    void textsOfUnknownExceptionsAreNotRepeated() {
        assertThat(of(new IllegalArgumentException("cannot parse redis://user:hunter2@redis.test")))
                .isEqualTo(new Failing("CannotConnect", "IllegalArgumentException"));
    }

    @Test
    void connectionsFailInMoreThanOneWay() {
        assertThat(of(new CompletionException(new ConnectException("Connection refused: /127.0.0.1:1")))
                        .toString())
                .isEqualTo("Failing[reason=CannotConnect, message=Connection refused: /127.0.0.1:1]");
        assertThat(of(new UnknownHostException("no such host")).reason()).isEqualTo("UnknownHost");
        assertThat(of(new SSLHandshakeException("bad certificate")).reason()).isEqualTo("TlsFailed");
        assertThat(of(new TimeoutException("too late")).reason()).isEqualTo("Timeout");
        assertThat(of(new NoTopologyException("redis.test")).reason()).isEqualTo("NoTopology");
    }

    private static Failing of(Throwable failure) {
        return ServerFailure.of(failure, CONFIG);
    }
}
