package io.slotless.sidecar.routing;

import org.jspecify.annotations.Nullable;

/** Commands about the scripts that servers know. */
public enum ScriptCommand {
    LOAD,
    EXISTS,
    FLUSH;

    /** The one with this name in the command table; null for others. */
    static @Nullable ScriptCommand named(String name) {
        return switch (name) {
            case "script|load" -> LOAD;
            case "script|exists" -> EXISTS;
            case "script|flush" -> FLUSH;
            default -> null;
        };
    }
}
