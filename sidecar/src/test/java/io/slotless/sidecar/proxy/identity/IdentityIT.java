package io.slotless.sidecar.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that say who they are, in front of a server that wants to know. */
@Timeout(60)
class IdentityIT {

    private static final String NOAUTH = "-NOAUTH Authentication required.";
    private static final String WRONGPASS = "-WRONGPASS invalid username-password pair or user is disabled.";

    private static RealRedis redis;
    private static RunningProxy proxy;
    private TestClient client;

    @BeforeAll
    static void start() {
        redis = new RealRedis("requirepass secret");
        try (TestClient admin = new TestClient(redis.port())) {
            assertThat(admin.call("AUTH secret")).isEqualTo("OK");
            assertThat(admin.call("ACL SETUSER anna on >annas ~* &* +@all")).isEqualTo("OK");
            assertThat(admin.call("ACL SETUSER bob on >bobs ~* &* +get +acl|whoami +ping"))
                    .isEqualTo("OK");
        }
        proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void untilTheRightPasswordNothingIsAllowed() {
        client.add("GET k")
                .add("AUTH wrong")
                .add("GET k")
                .add("AUTH secret")
                .add("SET k v")
                .add("AUTH wrong")
                .add("GET k")
                .send();
        // A failed AUTH leaves a client who it was.
        assertThat(client.replies(7)).containsExactly(NOAUTH, WRONGPASS, NOAUTH, "OK", "OK", WRONGPASS, "v");
    }

    @Test
    void whoAuthenticatesDoesSoForNobodyElse() {
        try (TestClient bob = proxy.client();
                TestClient nobody = proxy.client()) {
            assertThat(client.call("AUTH anna annas")).isEqualTo("OK");
            assertThat(bob.call("AUTH bob bobs")).isEqualTo("OK");
            for (int round = 0; round < 20; round++) {
                client.add("ACL WHOAMI").add("SET k " + round).send();
                bob.add("ACL WHOAMI").add("SET k bobs").send();
                nobody.add("ACL WHOAMI").add("SET k nobodys").send();
                assertThat(client.replies(2)).containsExactly("anna", "OK");
                assertThat(bob.reply()).isEqualTo("bob");
                assertThat(bob.reply()).startsWith("-NOPERM ");
                assertThat(nobody.replies(2)).containsExactly(NOAUTH, NOAUTH);
            }
            assertThat(bob.call("GET k")).isEqualTo("19");
        }
    }

    @Test
    void helloAuthenticatesAndNamesInOne() {
        assertThat(client.call("HELLO 3"))
                .startsWith("-NOAUTH HELLO must be called with the client already authenticated");
        assertThat(client.call("HELLO 3 AUTH anna wrong")).isEqualTo(WRONGPASS);
        assertThat(client.call("HELLO 3 AUTH anna annas SETNAME me"))
                .startsWith("[server, redis, ")
                .contains("proto, 3");
        client.add("ACL WHOAMI").add("CLIENT GETNAME").add("GET none").send();
        assertThat(client.replies(3)).containsExactly("anna", "me", "(nil)");
        client.add("HELLO 2 AUTH bob bobs").add("ACL WHOAMI").send();
        assertThat(client.reply()).contains("proto, 2");
        assertThat(client.reply()).isEqualTo("bob");
    }

    @Test
    void resetForgetsWhoAClientWas() {
        client.add("AUTH secret")
                .add("SELECT 2")
                .add("ACL WHOAMI")
                .add("RESET")
                .add("GET k")
                .send();
        assertThat(client.replies(5)).containsExactly("OK", "OK", "default", "RESET", NOAUTH);
    }

    @Test
    void anIdentityHoldsInTransactionsAndWhileBlocked() {
        client.add("AUTH anna annas")
                .add("MULTI")
                .add("ACL WHOAMI")
                .add("EXEC")
                .add("RPUSH list a")
                .add("BLPOP list 1")
                .send();
        assertThat(client.replies(6)).containsExactly("OK", "OK", "QUEUED", "[anna]", "1", "[list, a]");
        try (TestClient nobody = proxy.client()) {
            // The private connections that were anna's are nobody else's.
            nobody.add("MULTI").add("BLPOP list 1").send();
            assertThat(nobody.replies(2)).containsExactly(NOAUTH, NOAUTH);
        }
    }

    @Test
    void theDestinationsCredentialsServeClientsThatSayNothing() {
        try (RunningProxy configured = new RunningProxy(RunningProxy.config(
                        Mode.PROXY, new Credentials("anna", "annas"), Duration.ofSeconds(10), redis.port()));
                TestClient silent = configured.client();
                TestClient bob = configured.client()) {
            assertThat(silent.call("ACL WHOAMI")).isEqualTo("anna");
            bob.add("AUTH bob bobs")
                    .add("ACL WHOAMI")
                    .add("RESET")
                    .add("ACL WHOAMI")
                    .send();
            assertThat(bob.replies(4)).containsExactly("OK", "bob", "RESET", "anna");
        }
    }

    @Test
    void authWithTheWrongNumberOfWordsIsTheServersError() {
        assertThat(List.of(client.call("AUTH"), client.call("AUTH a b c")))
                .containsExactly("-ERR wrong number of arguments for 'auth' command", "-ERR syntax error");
    }
}
