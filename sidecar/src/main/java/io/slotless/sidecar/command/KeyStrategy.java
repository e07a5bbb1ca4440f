package io.slotless.sidecar.command;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;

/**
 * How a command's keys are found: by its key specifications, or by code where Redis itself needs code ({@code getkeys_proc}) to
 * find all of them.
 */
enum KeyStrategy {
    SPECIFICATIONS {
        @Override
        boolean find(Command command, CommandFrame frame, KeyPositions keys) {
            for (KeySpec spec : command.keySpecArray()) {
                int before = keys.count();
                int first = spec.beginSearch().first(frame);
                if (first != BeginSearch.NOT_THERE && !spec.findKeys().find(frame, first, keys)) {
                    return false;
                }
                if (keys.count() == before && mustHaveKeys(command, spec)) {
                    return false;
                }
            }
            return true;
        }

        /** Zero is a fair number of keys for a script, but not for ZUNION. */
        private static boolean mustHaveKeys(Command command, KeySpec spec) {
            return spec.findKeys() instanceof FindKeys.KeyNum && !command.has(CommandFlag.NO_MANDATORY_KEYS);
        }
    },

    /** {@code SORT key [BY pattern] [LIMIT offset count] [GET pattern …] … [STORE destination]}: the last STORE counts. */
    SORT {
        @Override
        boolean find(Command command, CommandFrame frame, KeyPositions keys) {
            keys.add(1);
            int store = 0;
            for (int i = 2; i < frame.argumentCount(); i++) {
                if (frame.argumentEqualsIgnoreCase(i, LIMIT)) {
                    i += 2;
                } else if (frame.argumentEqualsIgnoreCase(i, GET) || frame.argumentEqualsIgnoreCase(i, BY)) {
                    i++;
                } else if (frame.argumentEqualsIgnoreCase(i, STORE) && i + 1 < frame.argumentCount()) {
                    store = i + 1;
                }
            }
            if (store > 0) {
                keys.add(store);
            }
            return true;
        }
    },

    /** {@code SORT_RO key …}: what BY and GET read must be in the same slot, says the documentation, and counts as no key. */
    SORT_RO {
        @Override
        boolean find(Command command, CommandFrame frame, KeyPositions keys) {
            keys.add(1);
            return true;
        }
    },

    /** {@code MIGRATE host port key|"" db timeout [COPY] [REPLACE] [AUTH pw] [AUTH2 user pw] [KEYS key …]}. */
    MIGRATE {
        @Override
        boolean find(Command command, CommandFrame frame, KeyPositions keys) {
            int last = frame.argumentCount() - 1;
            int option = 6;
            while (option < last && !frame.argumentEqualsIgnoreCase(option, KEYS)) {
                if (frame.argumentEqualsIgnoreCase(option, AUTH)) {
                    option++;
                } else if (frame.argumentEqualsIgnoreCase(option, AUTH2)) {
                    option += 2;
                }
                option++;
            }
            if (option >= last) {
                keys.add(3);
                return true;
            }
            for (int i = option + 1; i <= last; i++) {
                keys.add(i);
            }
            return frame.argumentLength(3) == 0;
        }
    };

    private static final AsciiString LIMIT = AsciiString.cached("limit");
    private static final AsciiString GET = AsciiString.cached("get");
    private static final AsciiString BY = AsciiString.cached("by");
    private static final AsciiString STORE = AsciiString.cached("store");
    private static final AsciiString KEYS = AsciiString.cached("keys");
    private static final AsciiString AUTH = AsciiString.cached("auth");
    private static final AsciiString AUTH2 = AsciiString.cached("auth2");

    /** Adds the keys; false if the command contradicts itself. Only for a number of arguments that fits the arity. */
    abstract boolean find(Command command, CommandFrame frame, KeyPositions keys);

    static KeyStrategy of(String name) {
        return switch (name) {
            case "sort" -> SORT;
            case "sort_ro" -> SORT_RO;
            case "migrate" -> MIGRATE;
            default -> SPECIFICATIONS;
        };
    }
}
