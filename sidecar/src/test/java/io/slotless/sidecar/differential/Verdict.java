package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Sides.Pair;
import java.util.List;
import java.util.Optional;

/** Judges replies and data by the rules, for a tally. */
final class Verdict {

    private final Rules rules;
    private final Tally tally;
    private final List<Rule> applied;

    /** @param applied gets every rule that was needed */
    Verdict(Rules rules, Tally tally, List<Rule> applied) {
        this.rules = rules;
        this.tally = tally;
        this.applied = applied;
    }

    /** Of a command that only the proxy was sent. */
    void refusal(String story, Rule rule, Reply actual) {
        if (rule.allows(actual)) {
            apply(rule);
        } else {
            tally.addDifference(story + "\n  must be refused\n  through the proxy: " + actual);
        }
    }

    void reply(String story, CommandLine line, Pair<Reply> replies) {
        Reply expected = replies.plain();
        Reply actual = replies.proxied();
        Optional<Rule> otherwise = rules.otherwise(line);
        boolean equal = otherwise
                .map(rule -> rule.findsEqual(expected, actual))
                .orElseGet(() -> Comparison.EXACT.same(expected, actual));
        if (equal) {
            otherwise.ifPresent(applied::add);
            tally.add(Outcome.EQUAL);
            return;
        }
        Optional<Rule> allowing = rules.allowing(line, actual);
        if (allowing.isPresent()) {
            apply(allowing.get());
        } else {
            tally.addDifference(story + "\n  plain:             " + expected + "\n  through the proxy: " + actual);
        }
    }

    private void apply(Rule rule) {
        rules.used(rule);
        applied.add(rule);
        tally.add(rule);
    }
}
