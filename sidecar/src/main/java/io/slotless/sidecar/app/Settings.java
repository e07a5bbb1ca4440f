package io.slotless.sidecar.app;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads settings: each from a system property, else from a variable of the environment, named as MicroProfile Config maps
 * names (section "Environment Variables Mapping Rules"), else its default. An empty value is none. What is wrong is kept
 * until {@link #check}, so that a user is told everything at once. Made for one reading, by one thread.
 */
final class Settings {

    static final String PREFIX = "slotless.";

    private static final String VARIABLE_PREFIX = "SLOTLESS_";

    /**
     * What a kubelet puts into the environment for a Service named {@code slotless…}
     * (kubernetes.io/docs/concepts/services-networking/service, "Environment variables").
     */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("SLOTLESS\\w*_(SERVICE_HOST|SERVICE_PORT\\w*|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)\\w*)");

    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|s|m|h|d)?");

    private final Map<?, ?> properties;
    private final Map<String, String> environment;
    private final Map<String, String> known = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param properties of the program and of others
     * @param environment the same
     */
    Settings(Map<?, ?> properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** The environment variable of a setting. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** @param name without the prefix, here and below */
    Optional<String> text(String name) {
        known.putIfAbsent(PREFIX + name, "");
        Object property = properties.get(PREFIX + name);
        String value = property == null ? environment.get(variable(PREFIX + name)) : property.toString();
        return Optional.ofNullable(value).filter(given -> !given.isBlank());
    }

    String text(String name, String byDefault) {
        known.put(PREFIX + name, byDefault);
        return text(name).orElse(byDefault);
    }

    /** @param read throws an IllegalArgumentException that says what it expected */
    <T> Optional<T> value(String name, Function<String, T> read) {
        return text(name).flatMap(given -> attempt(name, given, read));
    }

    /** The same, with a default, which {@code read} reads as well. */
    <T> T value(String name, String byDefault, Function<String, T> read) {
        return attempt(name, text(name, byDefault), read).orElseGet(() -> read.apply(byDefault));
    }

    /** @param least what it must not be below; nor above {@code most} */
    int integer(String name, int byDefault, int least, int most) {
        return value(name, Integer.toString(byDefault), text -> integer(text, least, most));
    }

    /** {@code 500ms}, {@code 25s}, {@code 5m}, {@code 1h}, {@code 1d}, seconds without a unit, or ISO 8601's {@code PT25S}. */
    Duration duration(String name, String byDefault) {
        return value(name, byDefault, Settings::duration);
    }

    /** Separated by commas. */
    List<String> texts(String name) {
        return text(name).map(list -> List.of(list.strip().split("\\s*,\\s*"))).orElse(List.of());
    }

    /** Every key that was asked for, with its default; empty where it has none. */
    Map<String, String> known() {
        return known;
    }

    /**
     * To be called when everything was asked for.
     *
     * @throws ConfigurationException when a value cannot be used, or a setting that looks like ours is none: a typing error must
     *     not become a default
     */
    void check() {
        Set<String> unknown = unknown();
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("slotless: unknown settings: " + String.join(", ", unknown)
                    + "; known are: " + String.join(", ", known.keySet()));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("slotless: " + String.join("; ", problems));
        }
    }

    private Set<String> unknown() {
        Set<String> unknown = new TreeSet<>();
        for (Object property : properties.keySet()) {
            if (property.toString().startsWith(PREFIX) && !known.containsKey(property.toString())) {
                unknown.add(property.toString());
            }
        }
        List<String> variables = known.keySet().stream().map(Settings::variable).toList();
        for (String variable : environment.keySet()) {
            if (variable.startsWith(VARIABLE_PREFIX)
                    && !variables.contains(variable)
                    && !SERVICE_LINK.matcher(variable).matches()) {
                unknown.add(variable);
            }
        }
        return unknown;
    }

    private <T> Optional<T> attempt(String name, String given, Function<String, T> read) {
        try {
            return Optional.of(read.apply(given.strip()));
        } catch (IllegalArgumentException e) {
            problems.add(PREFIX + name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static int integer(String text, int least, int most) {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Expected an integer value, got \"" + text + "\"", e);
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "Expected an integer value from " + least + " to " + most + ", got \"" + text + "\"");
        }
        return value;
    }

    private static Duration duration(String text) {
        Matcher simple = DURATION.matcher(text);
        try {
            if (!simple.matches()) {
                return Duration.parse(text);
            }
            long count = Long.parseLong(simple.group(1));
            return switch (simple.group(2) == null ? "s" : simple.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofSeconds(count);
            };
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("Expected a duration like 25s or 500ms, got \"" + text + "\"", e);
        }
    }
}
