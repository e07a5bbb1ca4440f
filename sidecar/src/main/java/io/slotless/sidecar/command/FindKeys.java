package io.slotless.sidecar.command;

import io.slotless.sidecar.resp.CommandFrame;

/** The second step of a key specification: which arguments are keys, once it is known where they begin. */
public sealed interface FindKeys {

    /**
     * Adds the keys.
     *
     * @return false if the command contradicts itself, so that no server would find keys in it
     */
    boolean find(CommandFrame frame, int first, KeyPositions keys);

    /**
     * Up to a fixed argument.
     *
     * @param lastKey counted from the first key; if negative, from the end of the command
     * @param limit with a negative {@code lastKey}: keys are in the first 1/limit of the arguments; 0 and 1 mean all
     */
    record Range(int lastKey, int keyStep, int limit) implements FindKeys {

        public Range {
            checkStep(keyStep);
        }

        @Override
        public boolean find(CommandFrame frame, int first, KeyPositions keys) {
            int count = frame.argumentCount();
            if (first >= count) {
                // What must be there the arity says.
                return true;
            }
            int last = last(first, count);
            if (last < first || last >= count) {
                return false;
            }
            for (int i = first; i <= last; i += keyStep) {
                keys.add(i);
            }
            return true;
        }

        private int last(int first, int count) {
            if (lastKey >= 0) {
                return first + lastKey;
            }
            return limit > 1 ? first + (count - first) / limit + lastKey : count + lastKey;
        }
    }

    /**
     * As many as an argument says.
     *
     * @param keyNumIndex of that argument, counted from where the search began
     * @param firstKey of the first key, counted likewise
     */
    record KeyNum(int keyNumIndex, int firstKey, int keyStep) implements FindKeys {

        public KeyNum {
            checkStep(keyStep);
        }

        @Override
        public boolean find(CommandFrame frame, int first, KeyPositions keys) {
            int count = frame.argumentCount();
            int number = first + keyNumIndex;
            long wanted = number < count ? frame.argumentAsLong(number, -1) : -1;
            int start = first + firstKey;
            if (wanted < 0 || wanted > count || start + (wanted - 1) * keyStep >= count) {
                return false;
            }
            for (int i = 0; i < wanted; i++) {
                keys.add(start + i * keyStep);
            }
            return true;
        }
    }

    /** Redis itself needs code for it. */
    record Unknown() implements FindKeys {
        @Override
        public boolean find(CommandFrame frame, int first, KeyPositions keys) {
            return true;
        }
    }

    private static void checkStep(int keyStep) {
        if (keyStep < 1) {
            throw new IllegalArgumentException("key step " + keyStep);
        }
    }
}
