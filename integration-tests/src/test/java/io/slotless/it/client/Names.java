package io.slotless.it.client;

import java.util.UUID;

/** Keys that no other test uses. */
final class Names {

    private final String run = UUID.randomUUID().toString().substring(0, 8);

    /** Two of these are in different slots, as a rule. */
    String of(String name) {
        return run + ":" + name;
    }

    /** All of these are in one slot. */
    String tagged(String name) {
        return "{" + run + "}:" + name;
    }
}
