package io.slotless.api.v1alpha1;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them and Kubernetes users know them: {@code 5s}, {@code 500ms}, {@code 1h30m}, {@code 1.5s}.
 *
 * <p>The syntax is that of {@code time.ParseDuration} of the Go documentation, which Aeraki reads these fields with,
 * less the sign: nothing of ours can last for a negative time.
 */
public final class GoDuration {

    /** A regular expression for what {@link #parse} accepts; written for Java and for RE2. */
    public static final String PATTERN = "^(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$";

    /** The longest text accepted; no sensible duration needs it. */
    public static final int MAX_LENGTH = 32;

    private static final Pattern SYNTAX = Pattern.compile(PATTERN);
    private static final Pattern PART = Pattern.compile("([0-9.]+)([a-zµμ]+)");
    private static final BigDecimal LONGEST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000),
            "µs", BigDecimal.valueOf(1_000), // U+00B5, the micro sign
            "μs", BigDecimal.valueOf(1_000), // U+03BC, the Greek letter
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(1_000_000_000),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L));

    private GoDuration() {}

    /**
     * Parses a duration. Fractions of a nanosecond are dropped; what is longer than 2^63-1 nanoseconds (292 years, the
     * longest in Go) becomes just that.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Duration parse(String text) {
        if (text.length() > MAX_LENGTH || !SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration: write a number with a unit, such as 500ms, 5s or 1h30m");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            BigDecimal number = new BigDecimal(part.group(1));
            nanos = nanos.add(number.multiply(NANOS.getOrDefault(part.group(2), BigDecimal.ONE)));
        }
        return Duration.ofNanos(
                nanos.min(LONGEST_NANOS).setScale(0, RoundingMode.DOWN).longValueExact());
    }
}
