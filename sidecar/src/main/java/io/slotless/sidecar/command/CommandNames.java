package io.slotless.sidecar.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.AsciiFold;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds a command by the bytes of its name, in whatever case, without making a String: open addressing, at most half full. */
final class CommandNames {

    private final List<Command> commands;
    private final byte[][] names;
    private final Command[] values;
    private final int mask;

    private CommandNames(Collection<Command> commands, Function<Command, String> key) {
        this.commands = commands.stream().sorted(Comparator.comparing(key)).toList();
        int size = Integer.highestOneBit(Math.max(1, commands.size())) * 4;
        this.mask = size - 1;
        this.names = new byte[size][];
        this.values = new Command[size];
        for (Command command : this.commands) {
            put(key.apply(command).getBytes(StandardCharsets.UTF_8), command);
        }
    }

    static CommandNames of(Collection<Command> commands) {
        return new CommandNames(commands, Command::name);
    }

    /** By the part of the name behind the container's. */
    static CommandNames ofSubcommands(Collection<Command> commands) {
        return new CommandNames(
                commands, command -> command.name().substring(command.name().indexOf('|') + 1));
    }

    /** In the order of their names. */
    List<Command> commands() {
        return commands;
    }

    @Nullable
    Command find(ByteBuf buffer, int offset, int length) {
        int hash = 0;
        for (int at = offset; at < offset + length; at++) {
            hash = hash(hash, AsciiFold.lower(buffer.getByte(at)));
        }
        int slot = spread(hash) & mask;
        while (names[slot] != null) {
            if (matches(names[slot], buffer, offset, length)) {
                return values[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    @Nullable
    Command find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }

    private void put(byte[] name, Command command) {
        int hash = 0;
        for (byte b : name) {
            hash = hash(hash, AsciiFold.lower(b));
        }
        int slot = spread(hash) & mask;
        while (names[slot] != null) {
            slot = slot + 1 & mask;
        }
        names[slot] = name;
        values[slot] = command;
    }

    private static boolean matches(byte[] name, ByteBuf buffer, int offset, int length) {
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name[i] != AsciiFold.lower(buffer.getByte(offset + i))) {
                return false;
            }
        }
        return true;
    }

    private static int hash(int hash, byte b) {
        return 31 * hash + b;
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 7 ^ hash >>> 15;
    }
}
