package io.slotless.sidecar.app;

import java.util.logging.LogManager;

/**
 * The JDK's own forgets its handlers in a shutdown hook of its own, and what the sidecar has to say while it drains is lost;
 * and it reads a file of settings that we would only undo. Public for the JDK, which makes it.
 */
public final class SteadyLogManager extends LogManager {

    @Override
    public void readConfiguration() {
        // Nothing: ConsoleLog says what is logged.
    }

    @Override
    public void reset() {
        // Nothing: to the end.
    }
}
