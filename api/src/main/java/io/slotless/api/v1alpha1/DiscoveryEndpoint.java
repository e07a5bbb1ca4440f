package io.slotless.api.v1alpha1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of {@link RedisSettings#discoveryEndpoints()}: {@code host}, {@code host:port} or {@code [v6]:port}.
 *
 * @param host a name for DNS, or an IPv4 or (without brackets) IPv6 address
 * @param port 1 to 65535; null when not given
 */
public record DiscoveryEndpoint(String host, @Nullable Integer port) {

    /** The longest text accepted: a name in DNS with a port. */
    static final int MAX_LENGTH = DnsName.MAX_LENGTH + 6;

    private static final String PORT =
            "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    /** A regular expression for what {@link #parse} accepts; written for Java and for RE2. */
    public static final String PATTERN =
            "^(" + DnsName.HOST + "|\\[[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*\\])(:" + PORT + ")?$";

    private static final Pattern SYNTAX = Pattern.compile(PATTERN);

    /**
     * Parses an endpoint.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DiscoveryEndpoint parse(String text) {
        Matcher endpoint = SYNTAX.matcher(text);
        if (!endpoint.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an endpoint: write host, host:port or [IPv6]:port"
                    + ", with a port from 1 to 65535");
        }
        String host = endpoint.group(1);
        String port = endpoint.group(4);
        return new DiscoveryEndpoint(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port == null ? null : Integer.valueOf(port));
    }
}
