package io.slotless.api.v1alpha1;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must hold of a part of an object: in CEL for the API server, which gets it with our schema, and in
 * Java for objects that no API server has looked at. A test runs both on the same objects.
 *
 * @param part the type of the part
 * @param field the field of the part to blame, with a leading dot; empty: the part itself
 * @param cel the rule in CEL; {@code self} is the part
 * @param holds the same in Java
 * @param message what to do about it
 */
public record Rule<T>(Class<T> part, String field, String cel, Predicate<T> holds, String message) {

    /** The field must be set. */
    static <T> Rule<T> required(Class<T> part, String field, Function<T, @Nullable Object> value, String message) {
        return new Rule<>(part, "." + field, "has(self." + field + ")", t -> value.apply(t) != null, message);
    }

    /** The field must be set and match. */
    static <T> Rule<T> requiredMatch(
            Class<T> part, String field, Function<T, @Nullable String> value, String pattern, String message) {
        Pattern syntax = Pattern.compile(pattern);
        return new Rule<>(
                part,
                "." + field,
                "has(self." + field + ") && " + matches("self." + field, pattern),
                t -> {
                    String text = value.apply(t);
                    return text != null && syntax.matcher(text).matches();
                },
                message);
    }

    /** The field must match where it is set. */
    static <T> Rule<T> optionalMatch(
            Class<T> part, String field, Function<T, @Nullable String> value, String pattern, String message) {
        Pattern syntax = Pattern.compile(pattern);
        return new Rule<>(
                part,
                "." + field,
                "!has(self." + field + ") || " + matches("self." + field, pattern),
                t -> {
                    String text = value.apply(t);
                    return text == null || syntax.matcher(text).matches();
                },
                message);
    }

    /** The field must be within these limits where it is set. */
    static <T> Rule<T> optionalRange(
            Class<T> part, String field, Function<T, @Nullable Number> value, long min, long max, String message) {
        return new Rule<>(
                part,
                "." + field,
                "!has(self.%1$s) || (self.%1$s >= %2$d && self.%1$s <= %3$d)".formatted(field, min, max),
                t -> {
                    Number number = value.apply(t);
                    return number == null || (number.longValue() >= min && number.longValue() <= max);
                },
                message);
    }

    /** In CEL: whether the expression matches; the pattern is a raw string and must not hold a quote. */
    static String matches(String expression, String pattern) {
        return expression + ".matches(r'" + pattern + "')";
    }

    boolean holdsFor(Object value) {
        return holds.test(part.cast(value));
    }
}
