package io.slotless.benchmark.footprint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the command line says; {@link FootprintBenchmark} explains it. */
record Options(
        int rounds,
        List<Integer> destinations,
        Duration idle,
        Duration settle,
        String limit,
        String envoy,
        boolean document,
        List<String> layers) {

    /** Null if it cannot be understood. */
    static @Nullable Options parse(String[] arguments) {
        Map<String, String> given = new TreeMap<>();
        List<String> layers = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                given.put(
                        equals < 0 ? argument : argument.substring(0, equals),
                        equals < 0 ? "yes" : argument.substring(equals + 1));
            } else {
                layers.add(argument);
            }
        }
        Options options = new Options(
                Integer.parseInt(take(given, "--rounds", "5")),
                Stream.of(take(given, "--destinations", "1,10").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                Duration.ofSeconds(Long.parseLong(take(given, "--idle", "60"))),
                Duration.ofSeconds(Long.parseLong(take(given, "--settle", "5"))),
                take(given, "--limit", "256m"),
                take(given, "--envoy", ""),
                !take(given, "--document", "").isEmpty(),
                layers);
        return given.isEmpty() ? options : null;
    }

    private static String take(Map<String, String> given, String option, String otherwise) {
        String value = given.remove(option);
        return value == null ? otherwise : value;
    }
}
