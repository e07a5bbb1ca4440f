package io.slotless.sidecar.command;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;

/** The first step of a key specification: from which argument on there are keys. */
public sealed interface BeginSearch {

    /** What {@link #first} returns if the command has no such keys. */
    int NOT_THERE = -1;

    /** Argument from which {@link FindKeys} is to look on, or {@link #NOT_THERE}. */
    int first(CommandFrame frame);

    /** At a fixed argument. */
    record Index(int index) implements BeginSearch {
        @Override
        public int first(CommandFrame frame) {
            return index;
        }
    }

    /**
     * Behind a word.
     *
     * @param keyword in lower case
     * @param startFrom argument where to begin; if negative, counted from the end, and the search goes backwards
     */
    record Keyword(AsciiString keyword, int startFrom) implements BeginSearch {
        @Override
        public int first(CommandFrame frame) {
            int count = frame.argumentCount();
            int step = startFrom < 0 ? -1 : 1;
            for (int i = startFrom < 0 ? count + startFrom : startFrom; i > 0 && i < count; i += step) {
                if (frame.argumentEqualsIgnoreCase(i, keyword)) {
                    return i + 1;
                }
            }
            return NOT_THERE;
        }
    }

    /** Redis itself needs code for it. */
    record Unknown() implements BeginSearch {
        @Override
        public int first(CommandFrame frame) {
            return NOT_THERE;
        }
    }
}
