package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When two replies count as the same. */
enum Comparison {
    /** Byte by byte: the rule. */
    EXACT {
        @Override
        boolean same(Reply one, Reply other) {
            return one.wire().equals(other.wire());
        }
    },
    /** The same elements in any order, at every depth; of a map, the same entries. */
    UNORDERED {
        @Override
        boolean same(Reply one, Reply other) {
            return sorted(one).wire().equals(sorted(other).wire());
        }
    },
    /** The same types at the same places; texts and numbers may differ. Errors must be equal. */
    SHAPE {
        @Override
        boolean same(Reply one, Reply other) {
            return one.isError() ? EXACT.same(one, other) : shape(one).equals(shape(other));
        }
    },
    /** Numbers from zero on may differ by as much as the clock moves on between two servers: ten seconds. */
    NEAR {
        @Override
        boolean same(Reply one, Reply other) {
            if (one.elements().size() != other.elements().size() || one.type() != other.type()) {
                return false;
            }
            for (int i = 0; i < one.elements().size(); i++) {
                if (!same(one.elements().get(i), other.elements().get(i))) {
                    return false;
                }
            }
            return !one.elements().isEmpty() || EXACT.same(one, other) || nearNumbers(one.text(), other.text());
        }
    },
    /** Texts of {@code name:value} with the same names, but for those of commands and errors that a server has met. */
    FIELDS {
        @Override
        boolean same(Reply one, Reply other) {
            return one.type() == other.type() && fields(one.text()).equals(fields(other.text()));
        }
    },
    /** Of the same type. Errors must be equal. */
    TYPE {
        @Override
        boolean same(Reply one, Reply other) {
            return one.isError() ? EXACT.same(one, other) : one.type() == other.type();
        }
    };

    private static final int NEAR_MILLIS = 10_000;

    abstract boolean same(Reply one, Reply other);

    private static Reply sorted(Reply reply) {
        List<Reply> elements = new ArrayList<>(
                reply.elements().stream().map(Comparison::sorted).toList());
        if (reply.type() == '%') {
            List<Reply> entries = new ArrayList<>();
            for (int i = 0; i < elements.size(); i += 2) {
                entries.add(reply.with(elements.subList(i, i + 2)));
            }
            elements = entries;
        }
        elements.sort(Comparator.comparing(Reply::wire));
        return elements.isEmpty() ? reply : reply.with(elements);
    }

    private static String shape(Reply reply) {
        return reply.type()
                + (reply.text().equals("(nil)") ? "null" : "")
                + reply.elements().stream().map(Comparison::shape).toList();
    }

    private static boolean nearNumbers(String one, String other) {
        return one.matches("\\d{1,18}")
                && other.matches("\\d{1,18}")
                && Math.abs(Long.parseLong(one) - Long.parseLong(other)) <= NEAR_MILLIS;
    }

    private static List<String> fields(String text) {
        return text.lines()
                .filter(line -> !line.matches("(errorstat|cmdstat|latency_percentiles_usec)_.*"))
                .map(line -> line.contains(":") ? line.substring(0, line.indexOf(':')) : line)
                .toList();
    }
}
