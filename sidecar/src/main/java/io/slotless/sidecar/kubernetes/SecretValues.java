package io.slotless.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.slotless.sidecar.destination.SecretAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The decoded content of Secret objects. */
final class SecretValues {

    private SecretValues() {}

    /** {@code stringData} wins over {@code data}, as on an API server. */
    static SecretAnswer of(Secret secret) {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, String> entry : orEmpty(secret.getData()).entrySet()) {
            try {
                byte[] value = Base64.getMimeDecoder().decode(entry.getValue());
                values.put(entry.getKey(), new String(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return new SecretAnswer.Missing("data." + entry.getKey() + " is not base64");
            }
        }
        values.putAll(orEmpty(secret.getStringData()));
        return new SecretAnswer.Found(values);
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
