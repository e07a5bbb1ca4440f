package io.slotless.sidecar.differential;

import java.util.List;

/** What happens next in a random sequence; the next turn begins when its replies are there. */
sealed interface Turn {

    /**
     * One client says these in one go.
     *
     * @param cuts in writes of these lengths, in turn
     */
    record Burst(int client, List<CommandLine> commands, List<Integer> cuts) implements Turn {
        @Override
        public String toString() {
            return "client " + client + " in writes of " + cuts + ": " + commands;
        }
    }

    /** All clients at once, each about keys of its own. */
    record Together(List<Burst> bursts) implements Turn {
        @Override
        public String toString() {
            return "together: " + bursts;
        }
    }

    /** A client waits for an element, which another brings. */
    record Fed(int client, CommandLine waiting, CommandLine feeding) implements Turn {
        @Override
        public String toString() {
            return "client " + client + ": " + waiting + ", fed by " + feeding;
        }
    }

    /** The subscriber says this. */
    record Subscription(CommandLine command) implements Turn {
        @Override
        public String toString() {
            return "subscriber: " + command;
        }
    }

    /** Somebody publishes; the subscriber gets as many messages as the reply says. */
    record Published(CommandLine command) implements Turn {
        @Override
        public String toString() {
            return "publisher: " + command;
        }
    }
}
