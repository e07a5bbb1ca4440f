package io.slotless.sidecar.proxy;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The shares that the event loops have of one destination. */
interface Siblings {

    /** Whether there is no other event loop. */
    boolean areNone();

    /**
     * Asks all of them, each on its own loop.
     *
     * @param then gets the answers, on the loop of who asks
     */
    <T> void ask(Function<Destination, T> question, Consumer<List<T>> then);
}
