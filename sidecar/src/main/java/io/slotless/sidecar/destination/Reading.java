package io.slotless.sidecar.destination;

import java.util.List;

/** What became of a RedisDestination that was read. */
public sealed interface Reading {

    /** It is good. */
    record Valid(DestinationConfig config) implements Reading {}

    /**
     * It cannot be used; what was in force stays in force.
     *
     * @param problems for the user, one sentence each; never empty
     */
    record Invalid(List<String> problems) implements Reading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Something it needs is not known yet, and that is no mistake; what was in force stays in force.
     *
     * @param reason what it waits for, for the user
     */
    record Waiting(String reason) implements Reading {}
}
