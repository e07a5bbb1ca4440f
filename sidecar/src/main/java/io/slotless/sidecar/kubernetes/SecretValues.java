package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.slotless.sidecar.destination.SecretAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** The decoded content of Secret objects. */
final class SecretValues {

    private SecretValues() {}

    /** {@code stringData} wins over {@code data}, as on an API server. */
    static SecretAnswer of(JsonNode secret) {
        Map<String, String> values = new HashMap<>();
        for (String field : new String[] {"data", "stringData"}) {
            Iterator<Map.Entry<String, JsonNode>> entries = secret.path(field).fields();
            while (entries.hasNext()) {
                Map.Entry<String, JsonNode> entry = entries.next();
                if (!entry.getValue().isTextual()) {
                    return new SecretAnswer.Missing("it is not a Secret: data and stringData hold texts");
                }
                String text = entry.getValue().textValue();
                try {
                    values.put(entry.getKey(), field.equals("data") ? decoded(text) : text);
                } catch (IllegalArgumentException e) {
                    return new SecretAnswer.Missing("data." + entry.getKey() + " is not base64");
                }
            }
        }
        return new SecretAnswer.Found(values);
    }

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
