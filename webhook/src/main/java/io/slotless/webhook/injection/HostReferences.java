package io.slotless.webhook.injection;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds hosts in the forms people configure Redis with: a bare host, {@code host:port}, {@code
 * redis://user:pass@host:port/db} and comma-separated lists of these.
 */
final class HostReferences {

    private static final String SCHEME_END = "://";
    private static final String REDIS = "redis";

    /** A comma ends an element of a list only where a new URL begins: passwords and host lists in a URL hold commas, too. */
    private static final Pattern BEFORE_URL = Pattern.compile(",(?=\\s*[A-Za-z][A-Za-z0-9+.-]{0,20}://)");

    private static final Pattern REDIS_URL = Pattern.compile("\\s*redis://", Pattern.CASE_INSENSITIVE);
    private static final Pattern TLS_URL = Pattern.compile("rediss://", Pattern.CASE_INSENSITIVE);
    private static final Pattern END_OF_AUTHORITY = Pattern.compile("[/?#\\s\"'\\\\]");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9.-]*)(?::([0-9]{1,5}))?\\s*");

    private HostReferences() {}

    /** The hosts a value speaks plain Redis to, in order. */
    static List<HostReference> plain(String value) {
        List<HostReference> found = new ArrayList<>();
        // Most values hold no URL, and to look for its beginning behind each comma takes long.
        if (!value.contains(SCHEME_END)) {
            inList(value, 0, value.length(), false, found);
            return found;
        }
        int start = 0;
        if (value.indexOf(',') >= 0) {
            Matcher comma = BEFORE_URL.matcher(value);
            while (comma.find()) {
                inSegment(value, start, comma.start(), found);
                start = comma.end();
            }
        }
        inSegment(value, start, value.length(), found);
        return found;
    }

    /** The hosts that {@code rediss://} URLs anywhere in a text name. */
    static List<HostReference> tls(String text) {
        if (!text.contains(SCHEME_END)) {
            return List.of();
        }
        List<HostReference> found = new ArrayList<>();
        Matcher url = TLS_URL.matcher(text);
        while (url.find()) {
            inAuthority(text, url.end(), text.length(), found);
        }
        return found;
    }

    private static void inSegment(String value, int start, int end, List<HostReference> found) {
        int scheme = value.indexOf(SCHEME_END, start);
        if (scheme < 0 || scheme >= end) {
            inList(value, start, end, false, found);
            return;
        }
        // Most URLs are of something else, and a string is compared sooner than a pattern.
        if (value.regionMatches(true, scheme - REDIS.length(), REDIS, 0, REDIS.length())) {
            Matcher url = REDIS_URL.matcher(value).region(start, end);
            if (url.lookingAt()) {
                inAuthority(value, url.end(), end, found);
            }
        }
    }

    private static void inAuthority(String value, int start, int end, List<HostReference> found) {
        Matcher last = END_OF_AUTHORITY.matcher(value).region(start, end);
        int endOfAuthority = last.find() ? last.start() : end;
        int at = value.lastIndexOf('@', endOfAuthority - 1);
        inList(value, Math.max(start, at + 1), endOfAuthority, true, found);
    }

    private static void inList(String value, int start, int end, boolean inUrl, List<HostReference> found) {
        int from = start;
        while (from <= end) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 || comma > end ? end : comma;
            Matcher element = HOST_AND_PORT.matcher(value).region(from, to);
            if (element.matches()) {
                found.add(reference(element, inUrl));
            }
            from = to + 1;
        }
    }

    private static HostReference reference(Matcher element, boolean inUrl) {
        String port = element.group(2);
        return new HostReference(
                element.start(1),
                element.end(1),
                element.group(1),
                port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
                inUrl || port != null || element.group(1).contains("."));
    }
}
