package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Rule.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All exceptions from byte equality, and which of them were needed: {@code differential/by-design.txt}. */
final class Rules {

    private final List<Rule> rules;
    private final Set<Rule> used = new LinkedHashSet<>();

    private Rules(List<Rule> rules) {
        this.rules = rules;
    }

    static Rules read() {
        List<Rule> rules = new ArrayList<>();
        Section section = Section.COMPARED_OTHERWISE;
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : Vocabulary.lines("by-design.txt")) {
            boolean heading = line.startsWith("[");
            if ((heading || line.startsWith("command: ")) && !fields.isEmpty()) {
                rules.add(Rule.of(section, fields));
                fields.clear();
            }
            if (heading) {
                section = Section.titled(line.substring(1, line.length() - 1));
            } else {
                int colon = line.indexOf(": ");
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        if (!fields.isEmpty()) {
            rules.add(Rule.of(section, fields));
        }
        return new Rules(rules);
    }

    /** How the replies to a command are compared, where not byte by byte. */
    Optional<Rule> otherwise(CommandLine line) {
        return first(line, Section.COMPARED_OTHERWISE);
    }

    /** Why a command is not sent to the plain server. */
    Optional<Rule> notAsked(CommandLine line) {
        return rules.stream()
                .filter(rule -> !rule.askOracle() && rule.isAbout(line))
                .findFirst();
    }

    /** Why a reply may be another than that of the plain server. */
    Optional<Rule> allowing(CommandLine line, Reply actual) {
        return rules.stream()
                .filter(rule ->
                        rule.section() != Section.COMPARED_OTHERWISE && rule.isAbout(line) && rule.allows(actual))
                .findFirst();
    }

    void used(Rule rule) {
        used.add(rule);
    }

    /** Exceptions that no case has needed: they would hide the next bug. */
    List<Rule> unused() {
        return rules.stream().filter(rule -> !used.contains(rule)).toList();
    }

    List<Rule> all() {
        return rules;
    }

    private Optional<Rule> first(CommandLine line, Section section) {
        Optional<Rule> found = rules.stream()
                .filter(rule -> rule.section() == section && rule.isAbout(line))
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }
}
