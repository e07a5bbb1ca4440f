package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.onenode.OneNodeCommand;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a router's clients take the server for, whatever it is. */
public enum Presentation {
    /** A single server. */
    STANDALONE,
    /** A cluster of one node that owns all slots. */
    CLUSTER;

    /** Only who has the keys can answer them. */
    private static final Set<String> ABOUT_KEYS = Set.of("cluster|countkeysinslot", "cluster|getkeysinslot");

    /** The route of what is answered for the sake of appearances; null for everything else. */
    @Nullable
    Route route(Command command) {
        OneNodeCommand about = this == CLUSTER ? OneNodeCommand.named(command.name()) : null;
        return about == null || asksForKeysInSlot(command) ? null : new Route.OneNode(about);
    }

    /** Whether a container's subcommands are answered for the sake of appearances, those that do not exist included. */
    boolean isAboutCluster(Command container) {
        return this == CLUSTER && container.name().equals("cluster");
    }

    /** Whether it is to be asked of the owner of the slot that its first argument is. */
    boolean asksForKeysInSlot(Command command) {
        return this == CLUSTER && ABOUT_KEYS.contains(command.name());
    }
}
