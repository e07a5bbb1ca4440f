package io.slotless.sidecar.routing.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reply to INFO: sections of fields, in the order of the server. */
final class InfoText {

    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    static InfoText parse(String text) {
        InfoText info = new InfoText();
        Map<String, String> fields = null;
        for (String line : text.split("\r?\n")) {
            if (line.startsWith("# ")) {
                fields = info.section(line.substring(2));
            } else if (!line.isEmpty()) {
                int colon = line.indexOf(':');
                String name = colon < 0 ? line : line.substring(0, colon);
                if (fields == null) {
                    fields = info.section("");
                }
                // Modules are lines of one name: each is a field for itself.
                fields.put(fields.containsKey(name) ? line : name, colon < 0 ? "" : line.substring(colon + 1));
            }
        }
        return info;
    }

    /** The fields of a section, to be changed; made when it is new. */
    Map<String, String> section(String name) {
        return sections.computeIfAbsent(name, ignored -> new LinkedHashMap<>());
    }

    Map<String, Map<String, String>> sections() {
        return sections;
    }

    /** As the server writes it. */
    String text() {
        List<String> written = new ArrayList<>();
        sections.forEach((section, fields) -> {
            StringBuilder lines = new StringBuilder();
            if (!section.isEmpty()) {
                lines.append("# ").append(section).append("\r\n");
            }
            fields.forEach((name, value) -> {
                boolean whole = name.endsWith(":" + value);
                lines.append(name).append(whole ? "" : ":" + value).append("\r\n");
            });
            written.add(lines.toString());
        });
        return String.join("\r\n", written);
    }
}
