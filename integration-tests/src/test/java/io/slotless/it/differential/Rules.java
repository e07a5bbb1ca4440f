package io.slotless.it.differential;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The exceptions from byte equality, each with its reason: {@code differential/exceptions.yaml}. */
final class Rules {

    private static final String FILE = "/differential/exceptions.yaml";

    private final List<Rule> rules;
    private final Set<Rule> used = new LinkedHashSet<>();

    private Rules(List<Rule> rules) {
        this.rules = rules;
    }

    static Rules read() {
        try (InputStream in = Rules.class.getResourceAsStream(FILE)) {
            return new Rules(Serialization.yamlMapper().readValue(in, new TypeReference<List<Rule>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the replies to this call are to be compared. */
    Comparison comparison(KeyedCommand command, List<String> call) {
        for (Rule rule : rules) {
            if (rule.matches(command, call)) {
                used.add(rule);
                return Comparison.valueOf(rule.compare().toUpperCase(Locale.ROOT));
            }
        }
        return Comparison.EXACT;
    }

    /** Rules that no call has needed: an exception nobody needs hides the next bug. */
    List<Rule> unused() {
        return rules.stream().filter(rule -> !used.contains(rule)).toList();
    }

    /**
     * One exception.
     *
     * @param commands names of commands
     * @param when a regular expression found in the call, words separated by blanks; empty: always
     * @param compare a {@link Comparison}
     * @param reason why byte equality cannot be asked for
     */
    record Rule(
            @JsonProperty(required = true) List<String> commands,
            String when,
            @JsonProperty(required = true) String compare,
            @JsonProperty(required = true) String reason) {

        boolean matches(KeyedCommand command, List<String> call) {
            return commands.contains(command.name())
                    && (when == null
                            || Pattern.compile(when, Pattern.CASE_INSENSITIVE)
                                    .matcher(String.join(" ", call))
                                    .find());
        }
    }
}
