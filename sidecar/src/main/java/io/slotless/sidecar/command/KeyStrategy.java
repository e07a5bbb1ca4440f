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
                int first = spec.beginSearch().first(frame);
                if (first != BeginSearch.NOT_THERE && !spec.findKeys().find(frame, first, keys)) {
                    return false;
                }
            }
            return true;
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

    /** {@code GEORADIUS key … [STORE key | STOREDIST key]}: of several the last counts. */
    GEORADIUS {
        @Override
        boolean find(Command command, CommandFrame frame, KeyPositions keys) {
            keys.add(1);
            int store = 0;
            for (int i = 5; i + 1 < frame.argumentCount(); i++) {
                if (frame.argumentEqualsIgnoreCase(i, STORE) || frame.argumentEqualsIgnoreCase(i, STOREDIST)) {
                    store = ++i;
                }
            }
            if (store > 0) {
                keys.add(store);
            }
            return true;
        }
    },

    /** {@code MIGRATE host port key|"" db timeout [COPY] [REPLACE] [AUTH pw] [AUTH2 user pw] [KEYS key …]}. */
    MIGRATE {
        @Override
        boolean find(Command command, CommandFrame frame, KeyPositions keys) {
            int option = 6;
            while (option < frame.argumentCount() && !frame.argumentEqualsIgnoreCase(option, KEYS)) {
                if (frame.argumentEqualsIgnoreCase(option, AUTH)) {
                    option++;
                } else if (frame.argumentEqualsIgnoreCase(option, AUTH2)) {
                    option += 2;
                }
                option++;
            }
            if (option >= frame.argumentCount()) {
                keys.add(3);
                return true;
            }
            for (int i = option + 1; i < frame.argumentCount(); i++) {
                keys.add(i);
            }
            return frame.argumentLength(3) == 0;
        }
    };

    private static final AsciiString LIMIT = AsciiString.cached("limit");
    private static final AsciiString GET = AsciiString.cached("get");
    private static final AsciiString BY = AsciiString.cached("by");
    private static final AsciiString STORE = AsciiString.cached("store");
    private static final AsciiString STOREDIST = AsciiString.cached("storedist");
    private static final AsciiString KEYS = AsciiString.cached("keys");
    private static final AsciiString AUTH = AsciiString.cached("auth");
    private static final AsciiString AUTH2 = AsciiString.cached("auth2");

    /** Adds the keys; false if the command contradicts itself. Only for a number of arguments that fits the arity. */
    abstract boolean find(Command command, CommandFrame frame, KeyPositions keys);

    static KeyStrategy of(String name) {
        return switch (name) {
            case "sort", "sort_ro" -> SORT;
            case "georadius", "georadiusbymember" -> GEORADIUS;
            case "migrate" -> MIGRATE;
            default -> SPECIFICATIONS;
        };
    }
}
