package io.slotless.sidecar.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.onenode.OneNodeCommand;
import io.slotless.sidecar.resp.CommandFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRouterTest {

    private static final Route ONLY_NODE = Route.ToSlot.of(0);

    private final Router router = new ProxyRouter(CommandTable.builtIn(), Presentation.STANDALONE);

    @Test
    void plainCommandsShareConnectionsWhateverTheirSlots() {
        assertThat(route("MGET", "a", "b")).isEqualTo(ONLY_NODE);
        assertThat(route("CLUSTER", "INFO")).isEqualTo(ONLY_NODE);
        assertThat(route("DBSIZE")).isEqualTo(ONLY_NODE);
    }

    @Test
    void aTransactionBindsUntilItEnds() {
        assertThat(route("MULTI")).isEqualTo(Route.BindTransaction.ROUTE);
        assertThat(route("WATCH", "a")).isEqualTo(Route.BindTransaction.ROUTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MONITOR", "READONLY"})
    void whatChangesAConnectionForGoodBindsForGood(String command) {
        assertThat(route(command.split(" "))).isEqualTo(Route.BindIfDone.ROUTE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SUBSCRIBE x", "PSUBSCRIBE x", "SSUBSCRIBE x", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE"})
    void subscriptionsAreTheSessionsOwn(String command) {
        assertThat(route(command.split(" "))).isEqualTo(Route.Subscribe.ROUTE);
    }

    @Test
    void aStreamOfReplicationIsNoReply() {
        assertThat(route("SYNC")).isEqualTo(Route.BindForever.ROUTE);
    }

    @Test
    void anUnknownCommandMayDoAnythingToItsConnection() {
        assertThat(route("MODULE.COMMAND", "a")).isEqualTo(Route.BindIfDone.ROUTE);
    }

    @Test
    void aKnownCommandWithWrongArityIsTheServersToRefuse() {
        assertThat(route("MULTI", "x")).isEqualTo(ONLY_NODE);
        assertThat(route("SUBSCRIBE")).isEqualTo(ONLY_NODE);
    }

    @Test
    void blockingCommandsHaveAConnectionOfTheirOwn() {
        assertThat(route("BLPOP", "a", "b", "0")).isEqualTo(new Route.Blocking(0));
    }

    @Test
    void whatLibrariesSayWhenTheyConnectDoesNotBind() {
        assertThat(route("CLIENT", "SETINFO", "LIB-NAME", "x")).isEqualTo(new Route.Local(LocalCommand.CLIENT_SETINFO));
        assertThat(route("HELLO", "3")).isEqualTo(new Route.Local(LocalCommand.HELLO));
        assertThat(route("SELECT", "3")).isEqualTo(new Route.Local(LocalCommand.SELECT));
    }

    @Test
    void behindAClusterOfOneNodeWhatIsAboutTheClusterIsAnsweredHere() {
        Router presenting = new ProxyRouter(CommandTable.builtIn(), Presentation.CLUSTER);
        assertThat(presenting.route(CommandFrame.of("CLUSTER", "SLOTS")))
                .isEqualTo(new Route.OneNode(OneNodeCommand.SLOTS));
        assertThat(presenting.route(CommandFrame.of("READONLY"))).isEqualTo(new Route.OneNode(OneNodeCommand.READONLY));
        assertThat(presenting.route(CommandFrame.of("CLUSTER", "MEET", "a", "1")))
                .isEqualTo(new Route.OneNode(OneNodeCommand.REFUSED));
        assertThat(presenting.route(CommandFrame.of("CLUSTER", "NOPE"))).isInstanceOf(Route.Reject.class);
        assertThat(presenting.route(CommandFrame.of("CLUSTER", "COUNTKEYSINSLOT", "1")))
                .isInstanceOf(Route.Reject.class);
        assertThat(presenting.route(CommandFrame.of("INFO"))).isEqualTo(Route.Info.ROUTE);
        assertThat(presenting.route(CommandFrame.of("MGET", "a", "b"))).isEqualTo(ONLY_NODE);
    }

    private Route route(String... command) {
        return router.route(CommandFrame.of(command));
    }
}
