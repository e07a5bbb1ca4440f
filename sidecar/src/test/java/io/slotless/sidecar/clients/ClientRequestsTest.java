package io.slotless.sidecar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.slotless.sidecar.clients.ClientView.Connection;
import io.slotless.sidecar.clients.ClientView.Library;
import io.slotless.sidecar.clients.ClientView.Subscriptions;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.CommandFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRequestsTest {

    private static final ClientView WORKER = client(7, "default", Subscriptions.NONE);
    private static final ClientView LISTENER = client(9, "anna", new Subscriptions(0, 2, 0));
    private static final List<ClientView> ALL = List.of(LISTENER, WORKER);

    @Test
    void aClientIsShownWithTheFieldsOfRedis() {
        assertThat(WORKER.line())
                .isEqualTo("id=7 addr=10.0.0.1:1007 laddr=127.0.0.1:6379 fd=-1 name=n age=5 idle=2 flags=N db=0 sub=0"
                        + " psub=0 ssub=0 multi=-1 qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0"
                        + " omem=0 tot-mem=0 events=r cmd=get user=default redir=-1 resp=2");
    }

    @Test
    void aLibraryThatHasSaidWhatItIsIsShown() {
        ClientView said = new ClientView(
                WORKER.connection(),
                1,
                0,
                "x",
                0,
                Subscriptions.NONE,
                3,
                10,
                "",
                "default",
                -1,
                3,
                new Library("jedis", "5"));
        assertThat(said.line())
                .contains(" flags=x ", " multi=3 ", " omem=10 ", " events=rw ", " cmd=NULL ")
                .endsWith(" resp=3 lib-name=jedis lib-ver=5");
    }

    @Test
    void addressesOfVersion6AreInBrackets() {
        ClientView six = new ClientView(
                new Connection(1, new Node("::1", 5), new Node("::1", 6), ""),
                0,
                0,
                "",
                0,
                Subscriptions.NONE,
                -1,
                0,
                "",
                "default",
                -1,
                2,
                Library.UNKNOWN);
        assertThat(six.line()).startsWith("id=1 addr=[::1]:5 laddr=[::1]:6 fd=-1 name= ");
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT LIST, 7 9",
        "CLIENT LIST TYPE normal, 7",
        "CLIENT LIST TYPE PubSub, 9",
        "CLIENT LIST TYPE master, ''",
        "CLIENT LIST TYPE slave, ''",
        "CLIENT LIST ID 9 8 7, 9 7"
    })
    void listShows(String command, String ids) throws ClientRequestException {
        String lines = ListRequest.of(frame(command)).lines(ALL);
        assertThat(lines.replaceAll("id=(\\d+) .*\n", "$1 ").trim()).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT KILL 10.0.0.1:1007, 7",
        "CLIENT KILL 10.0.0.1:1, ''",
        "CLIENT KILL ID 9, 9",
        "CLIENT KILL ID 7, ''",
        "CLIENT KILL ID 7 SKIPME no, 7",
        "CLIENT KILL SKIPME no, 9 7",
        "CLIENT KILL TYPE pubsub, 9",
        "CLIENT KILL TYPE replica SKIPME no, ''",
        "CLIENT KILL USER anna, 9",
        "CLIENT KILL USER anna TYPE normal, ''",
        "CLIENT KILL LADDR 127.0.0.1:6379 SKIPME NO, 9 7",
        "CLIENT KILL ADDR 10.0.0.1:1009 LADDR 127.0.0.1:6379, 9"
    })
    void killMeansWhenTheWorkerSaysIt(String command, String ids) throws ClientRequestException {
        KillRequest request = KillRequest.of(frame(command));
        assertThat(ALL.stream()
                        .filter(client -> request.means(client, 7))
                        .map(client -> "" + client.connection().id()))
                .containsExactly(ids.isEmpty() ? new String[0] : ids.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLIENT LIST NOPE | ERR syntax error",
                "CLIENT LIST TYPE | ERR syntax error",
                "CLIENT LIST TYPE x | ERR Unknown client type 'x'",
                "CLIENT LIST ID | ERR syntax error",
                "CLIENT LIST ID 1 x | ERR Invalid client ID",
                "CLIENT KILL ID 0 | ERR client-id should be greater than 0",
                "CLIENT KILL ID x | ERR client-id should be greater than 0",
                "CLIENT KILL TYPE x | ERR Unknown client type 'x'",
                "CLIENT KILL SKIPME maybe | ERR syntax error",
                "CLIENT KILL ID 1 FOO | ERR syntax error",
                "CLIENT KILL FOO bar | ERR syntax error"
            })
    void whatRedisWouldNotUnderstandIsRefusedInItsWords(String command, String error) {
        ClientRequestException refused = catchThrowableOfType(ClientRequestException.class, () -> {
            if (command.startsWith("CLIENT LIST")) {
                ListRequest.of(frame(command));
            } else {
                KillRequest.of(frame(command));
            }
        });
        assertThat(refused.error()).isEqualTo(error);
    }

    private static CommandFrame frame(String command) {
        return CommandFrame.of(command.split(" "));
    }

    private static ClientView client(long id, String user, Subscriptions subscriptions) {
        return new ClientView(
                new Connection(id, new Node("10.0.0.1", 1000 + (int) id), new Node("127.0.0.1", 6379), "n"),
                5,
                2,
                "",
                0,
                subscriptions,
                -1,
                0,
                "get",
                user,
                -1,
                2,
                Library.UNKNOWN);
    }
}
