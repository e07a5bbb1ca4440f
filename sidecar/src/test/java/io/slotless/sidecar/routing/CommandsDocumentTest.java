package io.slotless.sidecar.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.TransactionRules.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of docs/commands.md is the command table: {@code -Dgolden.regenerate=true} writes it anew. */
class CommandsDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/commands.md");
    private static final String BEGIN = "| Command | `CLUSTER` | in `MULTI` | `PROXY` |\n|---|---|---|---|\n";
    private static final boolean REGENERATE = Boolean.getBoolean("golden.regenerate");
    private static final List<Command> COMMANDS = CommandTable.builtIn().commands().stream()
            .filter(command -> command.subcommands().isEmpty() || command.arity() == -1)
            .toList();

    @Test
    void theTableIsThatOfTheCode() throws IOException {
        String document = Files.readString(DOCUMENT);
        int table = document.indexOf(BEGIN) + BEGIN.length();
        assertThat(table).isGreaterThan(BEGIN.length());
        String expected = document.substring(0, table)
                + COMMANDS.stream().map(CommandsDocumentTest::row).collect(Collectors.joining("\n", "", "\n"));
        if (REGENERATE) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(document).as("write it anew with -Dgolden.regenerate=true").isEqualTo(expected);
    }

    @Test
    void everyPhraseOfTheTableIsExplained() throws IOException {
        String document = Files.readString(DOCUMENT);
        String legend = document.substring(0, document.indexOf(BEGIN));
        assertThat(COMMANDS.stream()
                        .flatMap(command -> List.of(inCluster(command), inProxy(command)).stream())
                        .filter(phrase -> !phrase.startsWith("refused: "))
                        .collect(Collectors.toSet()))
                .allSatisfy(phrase -> assertThat(legend).contains("\n| " + phrase + " | "));
    }

    @Test
    void everyRefusalSaysWhy() {
        assertThat(Refusals.REASONS.keySet())
                .allSatisfy(
                        name -> assertThat(COMMANDS).extracting(Command::name).contains(name));
        assertThat(Refusals.REASONS.values()).allSatisfy(why -> assertThat(why).hasSizeGreaterThan(20));
    }

    private static String row(Command command) {
        return "| `" + command.name().replace('|', ' ').toUpperCase(Locale.ROOT) + "` | " + inCluster(command) + " | "
                + inMulti(command) + " | " + inProxy(command) + " |";
    }

    private static String inCluster(Command command) {
        ClusterHandling handling = ClusterHandling.of(command);
        if (handling instanceof ClusterHandling.ByKeys keys) {
            return switch (keys.oneSlot()) {
                case FORWARD -> keys.split() == null ? "by key" : "by key, split";
                case BLOCK -> "by key, may wait";
                case WATCH -> "transaction";
                case PUBLISH -> "by key";
                case EVAL, EVALSHA -> "by key, a script";
            };
        }
        Route route = route(handling, command);
        if (route == Refusals.CLUSTER_DISABLED) {
            return "cluster disabled";
        }
        if (route instanceof Route.Reject reject) {
            return "refused: "
                    + Refusals.REASONS.getOrDefault(
                            command.name(),
                            reject.error().substring(reject.error().indexOf("'")));
        }
        if (route instanceof Route.FanOut fanOut) {
            return switch (fanOut.reach()) {
                case NODES -> "all nodes";
                case SHARDS, SHARDS_BESIDE -> "all shards";
                case REACHABLE -> "all shards that answer";
            };
        }
        if (route instanceof Route.Local) {
            return "by the sidecar";
        }
        if (route instanceof Route.Script script) {
            return script.command() == ScriptCommand.EXISTS ? "all shards" : "all nodes";
        }
        if (route instanceof Route.BindTransaction || transaction(command)) {
            return "transaction";
        }
        if (route instanceof Route.Subscribe) {
            return "subscription";
        }
        if (route instanceof Route.Publish) {
            return "one shard";
        }
        return route instanceof Route.ToAnyNode ? "any shard" : "all shards";
    }

    private static Route route(ClusterHandling handling, Command command) {
        if (handling instanceof ClusterHandling.Fixed fixed) {
            return fixed.route();
        }
        CommandFrame bare = CommandFrame.of(command.name().split("\\|"));
        return ((ClusterHandling.ByArguments) handling).routes().apply(bare);
    }

    private static boolean transaction(Command command) {
        return List.of("exec", "discard", "unwatch").contains(command.name());
    }

    private static String inMulti(Command command) {
        ClusterHandling handling = ClusterHandling.of(command);
        if (transaction(command)
                || command.name().equals("quit")
                || command.name().equals("reset")) {
            return "ends it";
        }
        Route route = handling instanceof ClusterHandling.ByKeys ? Route.ToSlot.of(0) : route(handling, command);
        TransactionCommand kind = TransactionCommand.of(CommandFrame.of(command.name()));
        TransactionMove move = TransactionRules.move(Phase.QUEUEING, TransactionRules.ANY_SLOT, kind, command, route);
        return move instanceof TransactionMove.Queue ? "yes" : "error";
    }

    private static String inProxy(Command command) {
        Route route = ProxyRouter.classify(command);
        if (route instanceof Route.Local) {
            return "by the sidecar";
        }
        if (route instanceof Route.Subscribe) {
            return "subscription";
        }
        if (route instanceof Route.BindForever || route instanceof Route.BindIfDone) {
            return "connection of its own";
        }
        if (route instanceof Route.BindTransaction || transaction(command)) {
            return "transaction";
        }
        return route instanceof Route.Blocking || route instanceof Route.Wait ? "passes, may wait" : "passes";
    }
}
