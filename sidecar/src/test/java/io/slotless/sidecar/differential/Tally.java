package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What came of the commands of one name. */
final class Tally {

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Set<String> reasons = new LinkedHashSet<>();
    private final List<String> differences = new ArrayList<>();

    void add(Outcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    void add(Rule rule) {
        add(Outcome.of(rule));
        if (rule.section() != Rule.Section.COMPARED_OTHERWISE) {
            reasons.add(rule.because());
        }
    }

    void addDifference(String difference) {
        add(Outcome.DIFFERENT);
        differences.add(difference);
    }

    int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    Set<String> reasons() {
        return reasons;
    }

    List<String> differences() {
        return differences;
    }

    Optional<String> shortestDifference() {
        return differences.stream().min(Comparator.comparing(String::length));
    }
}
