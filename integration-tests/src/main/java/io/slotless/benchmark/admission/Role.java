package io.slotless.benchmark.admission;

/** What the webhook is, besides answering. */
enum Role {
    /** Another replica leads. */
    FOLLOWER,
    /** It leads, and what it would say in the status of each RedisDestination is there already. */
    LEADER,
    /** It leads, and no RedisDestination has a status yet: fifty a second get one. */
    FIRST_LEADER
}
