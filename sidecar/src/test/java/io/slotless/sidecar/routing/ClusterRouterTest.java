package io.slotless.sidecar.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.onenode.OneNodeCommand;
import io.slotless.sidecar.resp.CommandFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterRouterTest {

    private final Router router = new ClusterRouter(CommandTable.builtIn(), Presentation.STANDALONE);

    @Test
    void aKeyDecidesTheSlot() {
        assertThat(route("GET", "foo")).isEqualTo(Route.ToSlot.of(12182));
        assertThat(route("set", "foo", "bar")).isEqualTo(Route.ToSlot.of(12182));
    }

    @Test
    void keysWithOneTagStayTogether() {
        assertThat(route("MGET", "{foo}1", "{foo}2")).isEqualTo(Route.ToSlot.of(12182));
        assertThat(route("SUNION", "{foo}1", "x{foo}2")).isEqualTo(Route.ToSlot.of(12182));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MGET", "DEL", "UNLINK", "EXISTS", "TOUCH"})
    void aCommandThatMeansTheSameForEachKeyIsSplit(String command) {
        assertThat(route(command, "a", "b", "a")).isInstanceOfSatisfying(Route.Split.class, split -> {
            assertThat(split.plan().parts()).isEqualTo(2);
            assertThat(split.plan().slot(0)).isEqualTo(15495);
            assertThat(split.plan().slot(1)).isEqualTo(3300);
        });
    }

    @Test
    void msetIsSplitWithTheValuesBesideTheirKeys() {
        assertThat(route("MSET", "a", "1", "b", "2")).isInstanceOf(Route.Split.class);
    }

    @Test
    void msetWithoutItsLastValueGetsTheErrorOfRedis() {
        assertThat(route("MSET", "a", "1", "b"))
                .isEqualTo(new Route.Reject("ERR wrong number of arguments for 'mset' command"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUNION", "MSETNX", "RENAME"})
    void otherCommandsOverSlotsGetTheErrorOfTheCluster(String command) {
        assertThat(route(command, "a", "b", "c", "d").toString() + route(command, "a", "b"))
                .contains("CROSSSLOT");
    }

    @Test
    void aBlockingCommandWaitsOnAPrivateConnection() {
        assertThat(route("BLPOP", "foo", "0")).isEqualTo(new Route.Blocking(12182));
        assertThat(route("XREAD", "BLOCK", "0", "STREAMS", "foo", "$")).isEqualTo(new Route.Blocking(12182));
    }

    @Test
    void xreadWithoutBlockDoesNotWait() {
        assertThat(route("XREAD", "STREAMS", "foo", "$")).isEqualTo(Route.ToSlot.of(12182));
    }

    @Test
    void aScriptWithoutKeysRunsAnywhere() {
        assertThat(route("EVAL", "return 1", "0")).isEqualTo(Route.Eval.ANYWHERE);
        assertThat(route("EVAL", "return 1", "1", "foo")).isEqualTo(new Route.Eval(12182));
        assertThat(route("EVALSHA_RO", "x", "0")).isEqualTo(Route.EvalSha.ANYWHERE);
        assertThat(route("EVALSHA", "x", "1", "foo")).isEqualTo(new Route.EvalSha(12182));
        assertThat(route("EVAL", "return 1", "5", "foo")).isEqualTo(Route.ToAnyNode.ROUTE);
    }

    @Test
    void clusterCommandsAnswerAsWithoutCluster() {
        assertThat(route("CLUSTER", "INFO"))
                .isEqualTo(new Route.Reject("ERR This instance has cluster support disabled"));
    }

    @Test
    void forClientsThatSeeAClusterQuestionsAboutItAreAnsweredHereAndKeysOfASlotByItsOwner() {
        Router presenting = new ClusterRouter(CommandTable.builtIn(), Presentation.CLUSTER);
        assertThat(presenting.route(CommandFrame.of("CLUSTER", "SLOTS")))
                .isEqualTo(new Route.OneNode(OneNodeCommand.SLOTS));
        assertThat(presenting.route(CommandFrame.of("CLUSTER", "COUNTKEYSINSLOT", "16383")))
                .isEqualTo(Route.ToSlot.of(16383));
        assertThat(presenting.route(CommandFrame.of("CLUSTER", "GETKEYSINSLOT", "16384", "1")))
                .isEqualTo(Route.ToAnyNode.ROUTE);
    }

    @Test
    void whatConcernsTheConnectionIsAnsweredHere() {
        assertThat(route("PING")).isEqualTo(new Route.Local(LocalCommand.PING));
        assertThat(route("HELLO", "3")).isEqualTo(new Route.Local(LocalCommand.HELLO));
        assertThat(route("CLIENT", "SETNAME", "x")).isEqualTo(new Route.Local(LocalCommand.CLIENT_SETNAME));
        assertThat(route("CLIENT", "SETINFO", "LIB-NAME", "x")).isEqualTo(new Route.Local(LocalCommand.CLIENT_SETINFO));
    }

    @Test
    void unknownCommandsGetTheErrorOfRedis() {
        assertThat(route("FOO", "a b", "c"))
                .isEqualTo(new Route.Reject("ERR unknown command 'FOO', with args beginning with: 'a b' 'c' "));
    }

    @Test
    void wrongArityGetsTheErrorOfRedis() {
        assertThat(route("GET")).isEqualTo(new Route.Reject("ERR wrong number of arguments for 'get' command"));
    }

    @Test
    void whatIsWrongWithACommandThatServersMayNotKnowIsForAServerToSay() {
        assertThat(route("HEXPIRE", "foo")).isEqualTo(Route.ToAnyNode.ROUTE);
        assertThat(route("MSETEX", "2", "a", "1", "b", "2")).isEqualTo(Route.ToAnyNode.ROUTE);
        assertThat(route("CLUSTER", "MYSHARDID")).isEqualTo(Refusals.CLUSTER_DISABLED);
        assertThat(route("HEXPIRE", "foo", "1", "FIELDS", "1", "f")).isEqualTo(Route.ToSlot.of(12182));
    }

    @Test
    void anUnknownSubcommandOfWhatTheServerMayNotKnowIsForItToRefuse() {
        assertThat(route("COMMANDLOG", "NOPE")).isEqualTo(Route.ToAnyNode.ROUTE);
        assertThat(route("CONFIG", "NOPE")).isInstanceOf(Route.Reject.class);
    }

    @Test
    void everyCommandOfTheTableIsDecidedWithoutAHang() {
        for (var command : CommandTable.builtIn().commands()) {
            assertThat(ClusterHandling.of(command, Presentation.STANDALONE))
                    .as(command.name())
                    .isNotNull();
        }
    }

    @Test
    void subscriptionsAreTheSessionsOwnWhateverTheSlots() {
        assertThat(route("SUBSCRIBE", "c")).isEqualTo(Route.Subscribe.ROUTE);
        assertThat(route("SSUBSCRIBE", "a", "b")).isEqualTo(Route.Subscribe.ROUTE);
        assertThat(route("PUNSUBSCRIBE")).isEqualTo(Route.Subscribe.ROUTE);
    }

    @Test
    void messagesToAChannelAllGoTheSameWay() {
        assertThat(route("PUBLISH", "a", "m")).isEqualTo(Route.Publish.AT_HOME);
        assertThat(route("SPUBLISH", "foo", "m")).isEqualTo(new Route.Publish(12182));
    }

    @Test
    void whatGoesOverAllKeysGoesOverAllShards() {
        assertThat(route("SCAN", "0")).isEqualTo(Route.Scan.ROUTE);
        assertThat(route("RANDOMKEY")).isEqualTo(Route.RandomKey.ROUTE);
        assertThat(route("KEYS", "*")).isEqualTo(Route.StreamedArrays.ROUTE);
        assertThat(route("SSCAN", "foo", "0")).isEqualTo(Route.ToSlot.of(12182));
    }

    private Route route(String... command) {
        return router.route(CommandFrame.of(command));
    }
}
