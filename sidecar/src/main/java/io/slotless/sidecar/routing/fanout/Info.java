package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** INFO of several primaries as that of one server without replicas of its own; its mode is not touched here. */
public final class Info {

    /** Of those that answer: clients ask for INFO when they connect, also while a shard is away. */
    public static final ReplyMerge MERGE = ReplyMerge.ofThoseThatAnswer(Info::merged);

    private static final Pattern REPLICA = Pattern.compile("slave\\d+");

    private static final String[] UNITS = {"B", "K", "M", "G", "T", "P"};

    private Info() {}

    private static RespValue merged(List<RespValue> values) {
        String text = merge(values.stream().map(Fields::text).toList());
        return values.get(0) instanceof RespValue.VerbatimString verbatim
                ? new RespValue.VerbatimString(verbatim.format(), text)
                : RespValue.bulk(text);
    }

    static String merge(List<String> texts) {
        Map<String, Map<String, List<String>>> all = new LinkedHashMap<>();
        for (String text : texts) {
            InfoText.parse(text).sections().forEach((section, fields) -> {
                Map<String, List<String>> there = all.computeIfAbsent(section, ignored -> new LinkedHashMap<>());
                fields.forEach((name, value) -> there.computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(value));
            });
        }
        InfoText merged = new InfoText();
        all.forEach((section, fields) -> {
            Map<String, String> to = merged.section(section);
            fields.forEach((name, values) -> {
                // Replicas are not told: they are some shard's, and a client could go there, past the others.
                if (!REPLICA.matcher(name).matches()) {
                    to.put(name, InfoFields.merged(section, name, values));
                }
            });
        });
        Map<String, String> memory = merged.sections().get("Memory");
        if (texts.size() > 1 && memory != null) {
            derive(memory);
        }
        return merged.text();
    }

    /** What Redis makes of other fields is made of the sums. */
    private static void derive(Map<String, String> memory) {
        memory.replaceAll((name, value) -> name.endsWith("_human")
                ? human(number(memory, name.substring(0, name.length() - "_human".length())))
                : value);
        double used = number(memory, "used_memory");
        double resident = number(memory, "allocator_resident");
        ratio(memory, "used_memory_peak_perc", "%.2f%%", used * 100, number(memory, "used_memory_peak"));
        ratio(
                memory,
                "used_memory_dataset_perc",
                "%.2f%%",
                number(memory, "used_memory_dataset") * 100,
                used - number(memory, "used_memory_startup"));
        double active = number(memory, "allocator_active");
        ratio(memory, "allocator_frag_ratio", "%.2f", active, number(memory, "allocator_allocated"));
        ratio(memory, "allocator_rss_ratio", "%.2f", resident, active);
        ratio(memory, "rss_overhead_ratio", "%.2f", number(memory, "used_memory_rss"), resident);
        ratio(memory, "mem_fragmentation_ratio", "%.2f", number(memory, "used_memory_rss"), used);
    }

    private static void ratio(Map<String, String> memory, String name, String format, double of, double to) {
        memory.computeIfPresent(
                name, (ignored, value) -> to == 0 ? value : String.format(Locale.ROOT, format, of / to));
    }

    private static double number(Map<String, String> fields, String name) {
        try {
            return Double.parseDouble(fields.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** As Redis 7.0, server.c: bytesToHuman. */
    private static String human(double bytes) {
        int unit = 0;
        double number = bytes;
        while (number >= 1024 && unit < UNITS.length - 1) {
            number /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f%s" : "%.2f%s", number, UNITS[unit]);
    }
}
