package io.slotless.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CommandTableTest {

    private final CommandTable table = CommandTable.builtIn();

    @Test
    void everyCommandIsFoundByItsNameInAnyCase() {
        for (Command command : table.commands()) {
            String[] words = command.name().split("\\|");
            assertThat(table.find(CommandFrame.of(words))).isSameAs(command);
            assertThat(table.find(CommandFrame.of(
                            command.name().toUpperCase(Locale.ROOT).split("\\|"))))
                    .isSameAs(command);
            assertThat(table.find(command.name())).isSameAs(command);
        }
    }

    @Test
    void namesThatAreOnlyNearlyOneAreUnknown() {
        for (Command command : table.commands()) {
            String word = command.name().replaceFirst("\\|.*", "");
            assertThat(table.find(CommandFrame.of(word + "_"))).isNull();
            assertThat(table.find(CommandFrame.of("_" + word))).isNull();
            assertThat(table.find(CommandFrame.of(word + "\0"))).isNull();
        }
        assertThat(table.find(CommandFrame.of(""))).isNull();
        assertThat(table.find(CommandFrame.of("get|x"))).isNull();
        assertThat(table.find("config|nope")).isNull();
    }

    @Test
    void kelvinSignIsNoK() {
        assertThat(table.find(CommandFrame.of("\u212Aeys", "*"))).isNull();
    }

    @Test
    void unknownSubcommandHasAKnownFirstWord() {
        CommandFrame frame = CommandFrame.of("config", "nope");
        assertThat(table.find(frame)).isNull();
        assertThat(table.findFirstWord(frame)).isSameAs(table.find("config"));
    }

    @Test
    void containerAloneIsItself() {
        assertThat(table.find(CommandFrame.of("command"))).isSameAs(table.find("command"));
    }

    @Test
    void whatIsKnownOfACommand() {
        Command set = table.find("set");
        assertThat(set.isWrite()).isTrue();
        assertThat(set.isReadOnly()).isFalse();
        assertThat(set.has(CommandFlag.DENYOOM)).isTrue();
        assertThat(set.arityFits(3)).isTrue();
        assertThat(set.arityFits(2)).isFalse();
        assertThat(set.aclCategories()).contains("string");
        assertThat(table.find("get").arityFits(3)).isFalse();
        assertThat(table.find("del").requestPolicy()).isEqualTo(RequestPolicy.MULTI_SHARD);
        assertThat(table.find("del").responsePolicy()).isEqualTo(ResponsePolicy.AGG_SUM);
        assertThat(table.find("get").requestPolicy()).isEqualTo(RequestPolicy.NONE);
        assertThat(table.find("get").responsePolicy()).isEqualTo(ResponsePolicy.DEFAULT);
        assertThat(table.find("config").hasSubcommands()).isTrue();
        assertThat(table.find("config|get").hasSubcommands()).isFalse();
    }

    @Test
    void allKeysOfTheBuiltInCommandsAreKnown() {
        assertThat(table.commands()).allMatch(Command::keysKnown);
    }

    @Test
    void commandsOfNewerServersAreKnown() {
        assertThat(table.find("hexpire").isWrite()).isTrue();
        assertThat(table.find(CommandFrame.of("CLIENT", "SETINFO", "lib-name", "x")))
                .isNotNull();
        assertThat(table.find(CommandFrame.of("CLIENT", "GETNAME"))).isNotNull();
        KeyPositions keys = new KeyPositions();
        new KeyFinder().find(table.find("msetex"), CommandFrame.of("msetex", "2", "a", "1", "b", "2", "NX"), keys);
        assertThat(keys).hasToString("[2, 4]");
    }

    @Test
    void textSaysAllThatTheTableKnows() {
        List<Command> plain = table.commands().stream()
                .filter(command -> !command.name().contains("|"))
                .toList();
        List<String> lines = CommandFile.format(plain);
        assertThat(CommandFile.format(CommandFile.parse(lines))).isEqualTo(lines);
        assertThat(lines).hasSize(table.commands().size());
    }

    @Test
    void serversOwnTableAddsCommandsAndSubcommandsAndCorrectsOurs() {
        List<Command> theirs = CommandFile.parse(List.of(
                "json.get -2 flags=module,readonly key=RO:index(1):range(0,1,0)",
                "config -2",
                "config|nope 2",
                "get 2 flags=readonly tips=new_tip key=RO:index(1):range(0,1,0)"));
        CommandTable extended = table.extendedBy(theirs);
        assertThat(extended.find(CommandFrame.of("JSON.GET", "k"))).isNotNull();
        assertThat(extended.find(CommandFrame.of("config", "nope"))).isNotNull();
        assertThat(extended.find(CommandFrame.of("config", "get", "x"))).isNotNull();
        assertThat(extended.find("get").tips()).containsExactly("new_tip");
        assertThat(table.find("json.get")).isNull();
    }

    @Test
    void whatIsKnownAlreadyIsShared() {
        RespValue reply = RespValue.array(oldRow("json.mget", -3, "readonly", 1, -2, 1));
        CommandTable extended = CommandReply.extend(table, reply);
        assertThat(extended.find("get")).isSameAs(table.find("get"));
        assertThat(CommandReply.extend(extended, reply)).isSameAs(extended);
        assertThat(CommandReply.extend(table, RespValue.array())).isSameAs(table);
    }

    @Test
    void serverBeforeRedis7AddsOnlyWhatIsUnknown() {
        RespValue reply = RespValue.array(
                oldRow("get", 2, "readonly", 1, 1, 1),
                oldRow("json.mget", -3, "readonly", 1, -2, 1),
                oldRow("graph.any", -2, "movablekeys", 0, 0, 0),
                oldRow("config", -2, "admin", 0, 0, 0),
                RespValue.NullValue.ARRAY);
        CommandTable extended = CommandReply.extend(table, reply);
        assertThat(extended.find("get")).isSameAs(table.find("get"));
        assertThat(extended.find(CommandFrame.of("config", "get", "x"))).isNotNull();
        assertThat(extended.find("graph.any").keysKnown()).isFalse();
        KeyPositions keys = new KeyPositions();
        new KeyFinder().find(extended.find("json.mget"), CommandFrame.of("json.mget", "a", "b", "$"), keys);
        assertThat(keys).hasToString("[1, 2]");
    }

    private static RespValue oldRow(String name, int arity, String flag, int first, int last, int step) {
        return RespValue.array(
                RespValue.bulk(name),
                new RespValue.IntegerValue(arity),
                RespValue.array(new RespValue.SimpleString(flag)),
                new RespValue.IntegerValue(first),
                new RespValue.IntegerValue(last),
                new RespValue.IntegerValue(step));
    }
}
