package io.slotless.sidecar.kubernetes;

import io.slotless.sidecar.destination.SecretAnswer;
import io.slotless.sidecar.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The decoded content of Secret objects. */
final class SecretValues {

    private SecretValues() {}

    /** {@code stringData} wins over {@code data}, as on an API server. */
    static SecretAnswer of(JsonValue secret) {
        Map<String, String> values = new HashMap<>();
        for (String field : new String[] {"data", "stringData"}) {
            for (Map.Entry<String, JsonValue> entry : secret.at(field).fields().entrySet()) {
                String text = entry.getValue().asTextOrNull();
                if (text == null) {
                    return new SecretAnswer.Missing("it is not a Secret: data and stringData hold texts");
                }
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
