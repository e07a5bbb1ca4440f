package io.slotless.webhook.injection;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Host names as people write them. */
final class HostName {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final int LONGEST = 253;

    private HostName() {}

    /**
     * Lower case and without the final dot; empty when it is not a DNS-1123 subdomain, which is what {@code hostAliases}
     * accepts. An IP address is not a name: no hosts file can redirect it.
     */
    static Optional<String> parse(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || name.length() > LONGEST || IPV4.matcher(name).matches()) {
            return Optional.empty();
        }
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(name);
    }
}
