package io.slotless.sidecar.upstream;

/** What a destination's servers said when they were asked last. */
public sealed interface ServerState {

    /** Nothing yet. */
    record Unknown() implements ServerState {}

    /**
     * They answer.
     *
     * @param shards 1 for a single Redis
     * @param nodes replicas included; 1 for a single Redis
     * @param allSlots whether every hash slot is served
     */
    record Answering(int shards, int nodes, boolean allSlots) implements ServerState {}

    /** The server answers, but only to clients that say who they are, and it is left to them to do so. */
    record AsksClientsToAuthenticate() implements ServerState {}

    /**
     * None answers, or all refuse.
     *
     * @param reason one UpperCamelCase word
     * @param message for people; without credentials
     */
    record Failing(String reason, String message) implements ServerState {}
}
