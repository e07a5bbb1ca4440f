package io.slotless.sidecar.command;

import io.slotless.sidecar.resp.CommandFrame;
import java.util.Locale;

/** The texts with which Redis 7 refuses a command before it runs ({@code processCommand}), without the leading minus. */
public final class CommandErrors {

    /** Redis cuts what it quotes of a client's words. */
    private static final int QUOTED = 128;

    private CommandErrors() {}

    /** For a frame that {@link CommandTable#find} does not know. */
    public static String unknown(CommandTable table, CommandFrame frame) {
        Command container = table.findFirstWord(frame);
        return container == null ? unknownCommand(frame) : unknownSubcommand(container, frame);
    }

    public static String wrongArity(Command command) {
        // Whatever is wrong with EXEC ends the transaction (Redis 7.0, execCommandAbort).
        String prefix = command.name().equals("exec") ? "EXECABORT Transaction discarded because of:" : "ERR";
        return prefix + " wrong number of arguments for '" + command.name() + "' command";
    }

    private static String unknownCommand(CommandFrame frame) {
        StringBuilder arguments = new StringBuilder();
        for (int i = 1; i < frame.argumentCount() && arguments.length() < QUOTED; i++) {
            arguments
                    .append('\'')
                    .append(quoted(frame, i, QUOTED - arguments.length() + 1))
                    .append("' ");
        }
        return "ERR unknown command '" + quoted(frame, 0, QUOTED) + "', with args beginning with: " + arguments;
    }

    private static String unknownSubcommand(Command container, CommandFrame frame) {
        return "ERR unknown subcommand '" + quoted(frame, 1, QUOTED) + "'. Try "
                + container.name().toUpperCase(Locale.ROOT) + " HELP.";
    }

    /** As C prints a string: up to a zero byte. */
    private static String quoted(CommandFrame frame, int argument, int max) {
        String text = frame.argument(argument);
        int zero = text.indexOf('\0');
        String printed = zero < 0 ? text : text.substring(0, zero);
        return printed.length() > max ? printed.substring(0, max) : printed;
    }
}
