package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.command.ResponsePolicy;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * The response policies that need nothing but the replies (Redis documentation, "Command tips"): numbers, or arrays of numbers
 * element by element; and the one for replies without a policy, whose elements are put together.
 */
public final class Aggregates {

    public static final ReplyMerge SUM = numbers(Long::sum);
    public static final ReplyMerge MIN = numbers(Math::min);
    public static final ReplyMerge MAX = numbers(Math::max);

    /** All elements of all nodes' arrays, those of one node behind those of the other. */
    public static final ReplyMerge CONCATENATION = ReplyMerge.ofAll(Aggregates::concatenated);

    private static final ReplyMerge AND = numbers((a, b) -> a & b);
    private static final ReplyMerge OR = numbers((a, b) -> a | b);

    private Aggregates() {}

    /**
     * The merge of a policy.
     *
     * @param policy not {@link ResponsePolicy#SPECIAL}, which needs to know the command
     */
    public static ReplyMerge of(ResponsePolicy policy) {
        return switch (policy) {
            case ALL_SUCCEEDED -> Agreement.OF_PRIMARIES;
            case ONE_SUCCEEDED -> Agreement.OF_ONE;
            case AGG_SUM -> SUM;
            case AGG_MIN -> MIN;
            case AGG_MAX -> MAX;
            case AGG_LOGICAL_AND -> AND;
            case AGG_LOGICAL_OR -> OR;
            case DEFAULT -> CONCATENATION;
            case SPECIAL -> throw new IllegalArgumentException("special is no policy to merge by");
        };
    }

    private static ReplyMerge numbers(LongBinaryOperator operator) {
        return ReplyMerge.ofAll(values -> {
            RespValue result = values.get(0);
            for (RespValue value : values.subList(1, values.size())) {
                result = combined(operator, result, value);
            }
            return result;
        });
    }

    private static RespValue combined(LongBinaryOperator operator, RespValue one, RespValue other) {
        if (one instanceof RespValue.IntegerValue a && other instanceof RespValue.IntegerValue b) {
            return new RespValue.IntegerValue(operator.applyAsLong(a.value(), b.value()));
        }
        if (one instanceof RespValue.ArrayValue a
                && other instanceof RespValue.ArrayValue b
                && a.elements().size() == b.elements().size()) {
            List<RespValue> elements = new ArrayList<>(a.elements().size());
            for (int i = 0; i < a.elements().size(); i++) {
                elements.add(
                        combined(operator, a.elements().get(i), b.elements().get(i)));
            }
            return new RespValue.ArrayValue(elements);
        }
        throw new RespException("not the numbers that others gave");
    }

    private static RespValue concatenated(List<RespValue> values) {
        RespValue first = values.get(0);
        if (first instanceof RespValue.MapValue) {
            return new RespValue.MapValue(values.stream()
                    .flatMap(value -> Fields.of(value).entries().stream())
                    .toList());
        }
        List<RespValue> all =
                values.stream().flatMap(value -> elements(value).stream()).toList();
        return first instanceof RespValue.SetValue ? new RespValue.SetValue(all) : new RespValue.ArrayValue(all);
    }

    /** Of an array or a set; what is neither counts as one element. */
    static List<RespValue> elements(RespValue value) {
        if (value instanceof RespValue.ArrayValue array) {
            return array.elements();
        }
        if (value instanceof RespValue.SetValue set) {
            return set.elements();
        }
        return value instanceof RespValue.NullValue ? List.of() : List.of(value);
    }
}
