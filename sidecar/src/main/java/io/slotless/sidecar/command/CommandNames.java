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

/**
 * Finds a command by the bytes of its name, in whatever case, without making a String: open addressing, at most half full. The
 * first eight bytes are compared as one number, and few names have more.
 */
final class CommandNames {

    private static final CommandNames NONE = of(List.of());

    private final List<Command> commands;
    private final long[] heads;
    private final byte[][] names;
    private final Command[] values;
    private final int mask;

    private CommandNames(Collection<Command> commands, Function<Command, String> key) {
        this.commands = commands.stream().sorted(Comparator.comparing(key)).toList();
        int size = Integer.highestOneBit(Math.max(1, commands.size())) * 4;
        this.mask = size - 1;
        this.heads = new long[size];
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
        return commands.isEmpty()
                ? NONE
                : new CommandNames(commands, command -> command.name()
                        .substring(command.name().indexOf('|') + 1));
    }

    /** In the order of their names. */
    List<Command> commands() {
        return commands;
    }

    @Nullable
    Command find(ByteBuf buffer, int offset, int length) {
        long head = head(buffer, offset, length);
        int slot = slot(head, length);
        while (names[slot] != null) {
            if (heads[slot] == head && names[slot].length == length && sameTail(names[slot], buffer, offset)) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    @Nullable
    Command find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }

    private void put(byte[] name, Command command) {
        long head = head(Unpooled.wrappedBuffer(name), 0, name.length);
        int slot = slot(head, name.length);
        while (names[slot] != null) {
            slot = (slot + 1) & mask;
        }
        heads[slot] = head;
        names[slot] = name;
        values[slot] = command;
    }

    private static boolean sameTail(byte[] name, ByteBuf buffer, int offset) {
        for (int i = Long.BYTES; i < name.length; i++) {
            if (name[i] != AsciiFold.lower(buffer.getByte(offset + i))) {
                return false;
            }
        }
        return true;
    }

    private static long head(ByteBuf buffer, int offset, int length) {
        long head = 0;
        for (int at = offset; at < offset + Math.min(length, Long.BYTES); at++) {
            head = head << Byte.SIZE | (AsciiFold.lower(buffer.getByte(at)) & 0xff);
        }
        return head;
    }

    /** Names that begin alike share their way; those of eight bytes and more (GEORADIUS…) are few. */
    private int slot(long head, int length) {
        long mixed = (head ^ length) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & mask;
    }
}
