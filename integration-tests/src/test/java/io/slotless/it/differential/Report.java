package io.slotless.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.process.Java;
import io.slotless.it.differential.Differential.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The outcome of a differential run: a table in a file, and on failure every difference. */
final class Report {

    private final String title;
    private final List<Tally> tallies = new ArrayList<>();

    Report(String title) {
        this.title = title;
    }

    void add(Tally tally) {
        tallies.add(tally);
    }

    /** Writes and prints the table and fails on any difference. */
    void conclude() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("%-24s %5s %7s %8s".formatted(title, "equal", "differs", "excluded"));
        tallies.forEach(tally -> lines.add(tally.toString()));
        List<String> differences =
                tallies.stream().flatMap(tally -> tally.differences.stream()).toList();
        lines.addAll(differences);
        Path file = Java.work().resolve("differential-" + title.replace(' ', '-') + ".txt");
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        System.out.printf(
                "%s: %d commands, %d calls equal, %d different, %d excluded; details in %s%n",
                title,
                tallies.size(),
                tallies.stream().mapToInt(tally -> tally.equal).sum(),
                differences.size(),
                tallies.stream().mapToInt(tally -> tally.excluded).sum(),
                file);
        assertThat(differences).as("%s, differences", title).isEmpty();
        assertThat(tallies.stream().mapToInt(tally -> tally.equal).sum())
                .as("%s, equal replies", title)
                .isGreaterThan(1000);
    }
}
