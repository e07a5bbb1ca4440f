package io.slotless.sidecar.routing.fanout;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a field of INFO when several servers are told as one (Redis 7.0, server.c: genRedisInfoString). Numbers of a
 * section are summed, or not, as a rule; the exceptions are named.
 */
final class InfoFields {

    private static final Set<String> SUMMED_SECTIONS = Set.of("Clients", "Memory", "Stats", "CPU");
    private static final Set<String> HIGHEST_SECTIONS = Set.of("Persistence");

    private static final Set<String> SUMMED = Set.of(
            "aof_base_size",
            "aof_buffer_length",
            "aof_current_size",
            "master_repl_offset",
            "rdb_changes_since_last_save",
            "rdb_last_load_keys_expired",
            "rdb_last_load_keys_loaded",
            "rdb_saves",
            "repl_backlog_histlen",
            "repl_backlog_size");

    private static final Set<String> HIGHEST = Set.of(
            "active_defrag_running",
            "client_recent_max_input_buffer",
            "client_recent_max_output_buffer",
            "current_active_defrag_time",
            "current_eviction_exceeded_time",
            "expired_stale_perc",
            "latest_fork_usec",
            "number_of_cached_scripts",
            "number_of_functions",
            "number_of_libraries",
            "repl_backlog_active");

    private static final Set<String> LOWEST =
            Set.of("connected_slaves", "min_slaves_good_slaves", "rdb_last_save_time");

    private static final Set<String> FIRST = Set.of("maxclients");

    private InfoFields() {}

    /** The one value of those that servers gave, at least one. */
    static String merged(String section, String field, List<String> values) {
        if (field.startsWith("cmdstat_")
                || field.startsWith("errorstat_")
                || field.startsWith("latency_percentiles_usec_")
                || section.equals("Keyspace")) {
            return structured(field, values);
        }
        if (field.endsWith("_status")) {
            return values.stream()
                    .filter(value -> !value.equals("ok"))
                    .findFirst()
                    .orElse(values.get(0));
        }
        if (field.equals("maxmemory") && values.contains("0")) {
            return "0";
        }
        if (FIRST.contains(field)) {
            return values.get(0);
        }
        if (HIGHEST.contains(field)) {
            return extreme(values, 1);
        }
        if (LOWEST.contains(field)) {
            return extreme(values, -1);
        }
        if (SUMMED.contains(field) || SUMMED_SECTIONS.contains(section)) {
            return sum(values);
        }
        return HIGHEST_SECTIONS.contains(section) ? extreme(values, 1) : values.get(0);
    }

    /** What is no number on each server is the first one's. */
    private static String sum(List<String> values) {
        try {
            return values.stream()
                    .map(BigDecimal::new)
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .toPlainString();
        } catch (NumberFormatException e) {
            return values.get(0);
        }
    }

    private static String extreme(List<String> values, int sign) {
        try {
            return values.stream()
                    .map(BigDecimal::new)
                    .reduce((a, b) -> a.compareTo(b) * sign >= 0 ? a : b)
                    .map(BigDecimal::toPlainString)
                    .orElse("");
        } catch (NumberFormatException e) {
            return values.get(0);
        }
    }

    /** {@code name=value,…}: sums, but of percentiles the highest, and means anew. */
    private static String structured(String field, List<String> values) {
        List<Map<String, String>> parts = values.stream().map(InfoFields::parts).toList();
        List<String> merged = new ArrayList<>();
        for (String name : parts.get(0).keySet()) {
            List<String> all =
                    parts.stream().map(part -> part.getOrDefault(name, "0")).toList();
            String value =
                    switch (name) {
                        case "avg_ttl" -> mean(parts, "avg_ttl", "expires", 0);
                        case "usec_per_call" -> mean(parts, "usec_per_call", "calls", 2);
                        default -> field.startsWith("latency_") ? extreme(all, 1) : sum(all);
                    };
            merged.add(name + "=" + value);
        }
        return String.join(",", merged);
    }

    private static String mean(List<Map<String, String>> parts, String name, String weight, int digits) {
        double sum = 0;
        double weights = 0;
        for (Map<String, String> part : parts) {
            double of = number(part, weight);
            sum += of * number(part, name);
            weights += of;
        }
        return String.format(Locale.ROOT, "%." + digits + "f", weights == 0 ? 0 : sum / weights);
    }

    private static double number(Map<String, String> part, String name) {
        try {
            return Double.parseDouble(part.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Map<String, String> parts(String value) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : value.split(",")) {
            int equals = part.indexOf('=');
            parts.put(equals < 0 ? part : part.substring(0, equals), equals < 0 ? "" : part.substring(equals + 1));
        }
        return parts;
    }
}
