package io.slotless.sidecar.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.TransactionRules.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionRulesTest {

    private static final int FOO = 12182;

    private final Router router = new ClusterRouter(CommandTable.builtIn(), Presentation.STANDALONE);

    @Test
    void theFirstKeyBindsTheTransactionToItsSlot() {
        assertThat(queueing(TransactionRules.ANY_SLOT, "SET foo 1"))
                .isEqualTo(new TransactionMove.Queue(FOO, Route.ToSlot.of(FOO)));
        assertThat(queueing(FOO, "SET {foo}2 1")).isEqualTo(new TransactionMove.Queue(FOO, Route.ToSlot.of(FOO)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET bar 1", "MGET foo bar", "DEL foo bar", "SUNION foo bar", "BLPOP bar 0"})
    void aKeyOfAnotherSlotSpoilsIt(String command) {
        assertThat(queueing(FOO, command))
                .isEqualTo(new TransactionMove.Spoil("CROSSSLOT Keys in request don't hash to the same slot"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING",
                "ECHO x",
                "TIME",
                "EVAL x 0",
                "CLIENT ID",
                "AUTH x",
                "HELLO 3",
                "CLUSTER INFO",
                "DBSIZE",
                "INFO"
            })
    void whatHasNoKeysIsQueuedWhereTheKeysAre(String command) {
        assertThat(queueing(FOO, command))
                .isInstanceOfSatisfying(TransactionMove.Queue.class, queue -> assertThat(queue.slot())
                        .isEqualTo(TransactionRules.ANY_SLOT));
    }

    @Test
    void aBlockingCommandIsOneLikeOthers() {
        assertThat(queueing(FOO, "BLPOP foo 0")).isEqualTo(new TransactionMove.Queue(FOO, new Route.Blocking(FOO)));
    }

    @Test
    void errorsBeforeACommandRunsSpoilIt() {
        assertThat(queueing(FOO, "NOSUCH x")).isInstanceOf(TransactionMove.Spoil.class);
        assertThat(queueing(FOO, "GET"))
                .isEqualTo(new TransactionMove.Spoil("ERR wrong number of arguments for 'get' command"));
        assertThat(queueing(FOO, "MULTI x")).isInstanceOf(TransactionMove.Spoil.class);
        assertThat(queueing(FOO, "DISCARD x")).isInstanceOf(TransactionMove.Spoil.class);
        assertThat(queueing(FOO, "WATCH")).isInstanceOf(TransactionMove.Spoil.class);
        assertThat(queueing(FOO, "SYNC"))
                .isEqualTo(new TransactionMove.Spoil("ERR Command not allowed inside a transaction"));
    }

    @Test
    void whatTakesAConversationWithShardsSpoilsItAndSaysWhy() {
        assertThat(queueing(FOO, "SCAN 0"))
                .isInstanceOfSatisfying(TransactionMove.Spoil.class, spoil -> assertThat(spoil.error())
                        .contains("'scan' is not supported inside a transaction"));
    }

    @Test
    void errorsOfMultiAndWatchThemselvesDoNot() {
        assertThat(queueing(FOO, "MULTI")).isEqualTo(new TransactionMove.Refuse("ERR MULTI calls can not be nested"));
        assertThat(queueing(FOO, "WATCH foo bar"))
                .isEqualTo(new TransactionMove.Refuse("ERR WATCH inside MULTI is not allowed"));
    }

    @Test
    void execWithArgumentsEndsIt() {
        assertThat(queueing(FOO, "EXEC x"))
                .isEqualTo(new TransactionMove.Abort(
                        "EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIT", "RESET"})
    void whatEndsTheConnectionsStateEndsIt(String command) {
        assertThat(queueing(FOO, command)).isInstanceOf(TransactionMove.Leave.class);
        assertThat(watching(command)).isInstanceOf(TransactionMove.Leave.class);
    }

    @Test
    void betweenWatchAndMultiCommandsOfTheSlotStayBesideIt() {
        assertThat(watching("SET {foo}x 1")).isEqualTo(new TransactionMove.Beside(Route.ToSlot.of(FOO)));
        assertThat(watching("SET bar 1")).isInstanceOf(TransactionMove.Outside.class);
        assertThat(watching("MGET foo bar")).isInstanceOf(TransactionMove.Outside.class);
        assertThat(watching("BLPOP foo 0")).isInstanceOf(TransactionMove.Outside.class);
        assertThat(watching("EXEC")).isInstanceOf(TransactionMove.Outside.class);
        assertThat(watching("WATCH {foo}y")).isEqualTo(new TransactionMove.Watch(FOO));
        assertThat(watching("WATCH bar")).isInstanceOf(TransactionMove.Refuse.class);
        assertThat(watching("UNWATCH")).isInstanceOf(TransactionMove.Unwatch.class);
        assertThat(watching("UNWATCH x")).isInstanceOf(TransactionMove.Outside.class);
        assertThat(watching("MULTI")).isInstanceOf(TransactionMove.Begin.class);
    }

    @Test
    void everyCommandOfTheTableHasItsPlace() {
        for (var command : CommandTable.builtIn().commands()) {
            CommandFrame frame = CommandFrame.of(command.name().split("\\|"));
            assertThat(move(Phase.QUEUEING, FOO, frame)).as(command.name()).isNotNull();
            assertThat(move(Phase.WATCHING, FOO, frame)).as(command.name()).isNotNull();
        }
    }

    private TransactionMove queueing(int slot, String command) {
        return move(Phase.QUEUEING, slot, CommandFrame.of(command.split(" ")));
    }

    private TransactionMove watching(String command) {
        return move(Phase.WATCHING, FOO, CommandFrame.of(command.split(" ")));
    }

    private TransactionMove move(Phase phase, int slot, CommandFrame frame) {
        return TransactionRules.move(
                phase, slot, TransactionCommand.of(frame), router.table().find(frame), router.route(frame));
    }
}
