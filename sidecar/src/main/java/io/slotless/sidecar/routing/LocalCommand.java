package io.slotless.sidecar.routing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands that are about the connection between client and sidecar, by their names in the command table. */
public enum LocalCommand {
    AUTH("auth"),
    CLIENT_CACHING("client|caching"),
    CLIENT_CAPA("client|capa"),
    CLIENT_GETNAME("client|getname"),
    CLIENT_GETREDIR("client|getredir"),
    CLIENT_ID("client|id"),
    CLIENT_INFO("client|info"),
    CLIENT_KILL("client|kill"),
    CLIENT_LIST("client|list"),
    CLIENT_NO_EVICT("client|no-evict"),
    CLIENT_NO_TOUCH("client|no-touch"),
    CLIENT_REPLY("client|reply"),
    CLIENT_SETINFO("client|setinfo"),
    CLIENT_SETNAME("client|setname"),
    CLIENT_TRACKING("client|tracking"),
    CLIENT_TRACKINGINFO("client|trackinginfo"),
    CLIENT_UNBLOCK("client|unblock"),
    ECHO("echo"),
    HELLO("hello"),
    PING("ping"),
    QUIT("quit"),
    RESET("reset"),
    SELECT("select");

    private static final Map<String, LocalCommand> BY_NAME = new HashMap<>();

    static {
        for (LocalCommand command : values()) {
            BY_NAME.put(command.commandName, command);
        }
    }

    private final String commandName;

    LocalCommand(String commandName) {
        this.commandName = commandName;
    }

    /** The one with this name in the command table, lower case, subcommands as {@code client|id}; null for others. */
    static @Nullable LocalCommand named(String name) {
        return BY_NAME.get(name);
    }
}
