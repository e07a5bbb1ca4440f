package io.slotless.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.webhook.injection.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody searches docs/operations.md for the words on the screen: they must be there, and be those that we write. */
class OperationsTest {

    private static final Path FILE = Path.of("../docs/operations.md");
    private static final Pattern REASON = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| `([^`]+)` \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`_]{12,})`");

    /** Nothing is wrong then. */
    private static final Set<Reason> IN_ORDER = EnumSet.of(
            Reason.INJECTED, Reason.NOT_ASKED, Reason.OPTED_OUT, Reason.ALREADY_INJECTED, Reason.NOT_A_POD_CREATION);

    /** Words of the API server, in the first column. */
    private static final Set<String> OF_OTHERS =
            Set.of("kubectl apply", "failed calling webhook", "x509: certificate signed by unknown authority");

    @Test
    void everyReasonIsExplainedInTheWordsThatAUserSees() throws IOException {
        Map<String, String> explained = REASON.matcher(Files.readString(FILE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(explained.keySet())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(IN_ORDER)).stream()
                        .map(Reason::id)
                        .toList());
        explained.forEach((id, words) -> assertThat(reason(id).text()).contains(words));
    }

    @Test
    void quotedMessagesAreThoseOfTheSource() throws IOException {
        String symptoms = Files.readString(FILE).split("### Everything else")[1].split("\n## ")[0];
        List<String> quoted = symptoms.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" \\| ")[0])
                .flatMap(symptom -> QUOTED.matcher(symptom).results().map(match -> match.group(1)))
                .filter(text -> !OF_OTHERS.contains(text))
                .toList();
        String sources = sources();

        assertThat(quoted).hasSizeGreaterThan(10).allSatisfy(text -> assertThat(
                        sources.contains(text) || sources.contains(text.replace("ERR ", "")))
                .as(text)
                .isTrue());
    }

    private static Reason reason(String id) {
        return EnumSet.allOf(Reason.class).stream()
                .filter(reason -> reason.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no reason " + id));
    }

    /** Where a text is broken over lines, it is one again. */
    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("api", "webhook", "sidecar")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> all.append(read(file)));
            }
        }
        return all.toString().replaceAll("\"\\s*\\+ \"", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
