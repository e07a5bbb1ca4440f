package io.slotless.webhook.status;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words of a pod, which may be anybody's, made fit for somebody else's status. */
final class ForeignText {

    private static final int LONGEST = 256;
    private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z]{0,63}");
    /** Control characters, line ends, and what changes the direction of reading. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

    private ForeignText() {}

    static String message(@Nullable String text) {
        String fit = text == null ? "" : UNFIT.matcher(text).replaceAll(" ").strip();
        return fit.length() <= LONGEST ? fit : fit.substring(0, LONGEST - 1) + "…";
    }

    /** As conditions want it ({@code reason} of metav1.Condition), else {@code NotServing}. */
    static String reason(@Nullable String text) {
        return text != null && REASON.matcher(text).matches() ? text : "NotServing";
    }
}
