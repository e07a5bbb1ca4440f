package io.slotless.it.differential;

import io.slotless.fixture.resp.Reply;
import java.util.List;

/** When two replies count as the same. */
enum Comparison {
    /** Byte by byte: the rule. */
    EXACT {
        @Override
        boolean same(Reply one, Reply other) {
            return one.equals(other);
        }
    },
    /** The same elements in any order. */
    UNORDERED {
        @Override
        boolean same(Reply one, Reply other) {
            return one.type() == other.type() && sorted(one).equals(sorted(other));
        }
    },
    /** The same types at the same places; lengths of strings and values of numbers may differ. Errors must be equal. */
    SHAPE {
        @Override
        boolean same(Reply one, Reply other) {
            return one.isError() ? one.equals(other) : shape(one).equals(shape(other));
        }
    },
    /** Not called at all. */
    EXCLUDED {
        @Override
        boolean same(Reply one, Reply other) {
            throw new IllegalStateException("what is excluded is not compared");
        }
    };

    abstract boolean same(Reply one, Reply other);

    private static List<String> sorted(Reply reply) {
        return reply.elements().isEmpty()
                ? List.of(reply.wire())
                : reply.elements().stream()
                        .map(element -> sorted(element).toString())
                        .sorted()
                        .toList();
    }

    private static String shape(Reply reply) {
        return reply.type()
                + (reply.isNull() ? "null" : "")
                + reply.elements().stream().map(Comparison::shape).toList();
    }
}
