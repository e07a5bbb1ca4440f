package io.slotless.sidecar.app;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why the program did not start: in one line what the user can mend, in full what only we can. */
final class StartFailure {

    private static final Pattern CONVERSION =
            Pattern.compile("(?s).*config property (\\S+) .* whilst being converted (?:SRCFG[0-9]+: )?(.*)");

    private StartFailure() {}

    /** The text for standard error. */
    static String describe(Throwable failure) {
        Throwable outer = failure;
        Throwable cause = failure;
        while (true) {
            if (cause instanceof ConfigurationException) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof ConfigValidationException invalid) {
                return describe(invalid);
            }
            Throwable next = cause.getCause();
            if (next == null) {
                // An address in use is not always a BindException: epoll has its own.
                return cause instanceof IOException
                        ? "slotless: " + outer.getMessage() + ": " + cause.getMessage()
                        : stackTrace(failure);
            }
            outer = cause;
            cause = next;
        }
    }

    private static String describe(ConfigValidationException invalid) {
        StringBuilder text = new StringBuilder("slotless: ");
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            String message = invalid.getProblem(i).getMessage();
            Matcher conversion = CONVERSION.matcher(message);
            text.append(i == 0 ? "" : "; ")
                    .append(
                            conversion.matches()
                                    ? conversion.group(1) + ": " + conversion.group(2)
                                    : message.replaceAll("\\s*\\R\\s*", " "));
        }
        return text.toString();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
