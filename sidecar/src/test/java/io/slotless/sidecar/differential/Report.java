package io.slotless.sidecar.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outcome of a run, command by command, as Markdown. */
final class Report {

    private final Map<String, Tally> tallies = new TreeMap<>();

    /** The tally of a command or conversation. */
    Tally of(String name) {
        return tallies.computeIfAbsent(name, each -> new Tally());
    }

    /** Writes all of it and prints its summary. */
    void conclude(Path file, Rules rules) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# Plain Redis and a cluster behind the sidecar",
                "",
                summary(),
                "",
                "| command | " + titles() + " | why |"));
        lines.add("|---" + "|---:".repeat(Outcome.values().length) + "|---|");
        tallies.forEach((name, tally) -> lines.add("| `" + name.replace("|", " ") + "` | " + counts(tally) + " | "
                + String.join("; ", tally.reasons()) + " |"));
        lines.add("");
        tallies.forEach((name, tally) -> {
            if (!tally.differences().isEmpty()) {
                lines.addAll(List.of("## " + name, "", "```"));
                lines.addAll(tally.differences());
                lines.add("```");
            }
        });
        for (Rule.Section section : Rule.Section.values()) {
            lines.addAll(List.of("", "## " + section.title, ""));
            rules.all().stream()
                    .filter(rule -> rule.section() == section)
                    .forEach(rule -> lines.add("- `" + rule.command() + "`: " + rule.because()));
        }
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        System.out.println("Differential: " + summary() + " Details: " + file);
    }

    private String summary() {
        return tallies.size() + " commands, "
                + tallies.values().stream().mapToInt(Tally::total).sum() + " calls: "
                + Stream.of(Outcome.values())
                        .map(outcome -> total(outcome) + " " + title(outcome))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private int total(Outcome outcome) {
        return tallies.values().stream().mapToInt(tally -> tally.count(outcome)).sum();
    }

    private static String titles() {
        return Stream.of(Outcome.values()).map(Report::title).collect(Collectors.joining(" | "));
    }

    private static String title(Outcome outcome) {
        return switch (outcome) {
            case EQUAL -> "equal";
            case BY_DESIGN -> "by design";
            case REFUSED -> "refused by design";
            case KNOWN -> "known, to be mended";
            case DIFFERENT -> "different";
        };
    }

    private static String counts(Tally tally) {
        return Stream.of(Outcome.values())
                .map(outcome -> Integer.toString(tally.count(outcome)))
                .collect(Collectors.joining(" | "));
    }
}
