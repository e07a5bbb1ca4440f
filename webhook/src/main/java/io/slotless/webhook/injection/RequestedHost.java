package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An element of the annotation {@link SlotlessNames#HOSTS}.
 *
 * @param name the host, lower case
 * @param port the port the application connects to, where it is not the destination's
 */
record RequestedHost(String name, OptionalInt port) {

    private static final Pattern ELEMENT = Pattern.compile("([^:\\s]+)(?::([0-9]{1,5}))?");
    private static final int HIGHEST_PORT = 65535;

    /** @throws InvalidAnnotationException if an element is neither {@code host} nor {@code host:port}, or there is none */
    static List<RequestedHost> parse(String annotation) throws InvalidAnnotationException {
        List<RequestedHost> hosts = new ArrayList<>();
        for (String element : annotation.split(",", -1)) {
            if (!element.isBlank()) {
                hosts.add(parseElement(element.strip()));
            }
        }
        if (hosts.isEmpty()) {
            throw new InvalidAnnotationException(Reason.BAD_HOSTS, "it is empty");
        }
        return hosts;
    }

    private static RequestedHost parseElement(String element) throws InvalidAnnotationException {
        Matcher matcher = ELEMENT.matcher(element);
        if (!matcher.matches()) {
            throw new InvalidAnnotationException(Reason.BAD_HOSTS, "\"" + element + "\"");
        }
        String name = HostName.parse(matcher.group(1))
                .orElseThrow(() ->
                        new InvalidAnnotationException(Reason.BAD_HOSTS, "\"" + element + "\" is not a host name"));
        return new RequestedHost(name, port(element, matcher.group(2)));
    }

    private static OptionalInt port(String element, @Nullable String digits) throws InvalidAnnotationException {
        if (digits == null) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new InvalidAnnotationException(Reason.BAD_HOSTS, "\"" + element + "\" has no valid port");
        }
        return OptionalInt.of(port);
    }
}
