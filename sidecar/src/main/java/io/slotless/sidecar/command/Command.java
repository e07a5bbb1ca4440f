package io.slotless.sidecar.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a command, or of a subcommand. Immutable; equal is what knows the same. */
public final class Command {

    private final String name;
    private final int arity;
    private final @Nullable String since;
    private final Set<CommandFlag> flags;
    private final int flagBits;
    private final List<String> aclCategories;
    private final List<String> tips;
    private final KeySpec[] keySpecs;
    private final KeyStrategy keyStrategy;
    private final RequestPolicy requestPolicy;
    private final ResponsePolicy responsePolicy;
    private final CommandNames subcommands;

    /**
     * @param name in lower case; of a subcommand with its container's: {@code config|get}
     * @param arity number of arguments with the name; if negative, the least number
     * @param since see {@link #since}
     * @param aclCategories without the {@code @}
     */
    Command(
            String name,
            int arity,
            @Nullable String since,
            Set<CommandFlag> flags,
            List<String> aclCategories,
            List<String> tips,
            List<KeySpec> keySpecs,
            List<Command> subcommands) {
        this.name = name;
        this.arity = arity;
        this.since = since;
        this.flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
        this.flagBits = this.flags.stream().mapToInt(Command::bit).sum();
        this.aclCategories = List.copyOf(aclCategories);
        this.tips = List.copyOf(tips);
        this.keySpecs = keySpecs.toArray(KeySpec[]::new);
        this.keyStrategy = KeyStrategy.of(name);
        this.requestPolicy = RequestPolicy.of(tips);
        this.responsePolicy = ResponsePolicy.of(tips);
        this.subcommands = CommandNames.ofSubcommands(subcommands);
    }

    /** In lower case; of a subcommand with its container's: {@code config|get}. */
    public String name() {
        return name;
    }

    /** Number of arguments with the name (of a subcommand: with both names); if negative, the least number. */
    public int arity() {
        return arity;
    }

    public boolean arityFits(int argumentCount) {
        return arity < 0 ? argumentCount >= -arity : argumentCount == arity;
    }

    /**
     * Which version brought it, where that is newer than what every server we work with knows; null: the server has said
     * itself that it knows it, or any does.
     */
    public @Nullable String since() {
        return since;
    }

    public boolean has(CommandFlag flag) {
        return (flagBits & bit(flag)) != 0;
    }

    public Set<CommandFlag> flags() {
        return flags;
    }

    public boolean isWrite() {
        return has(CommandFlag.WRITE);
    }

    public boolean isReadOnly() {
        return has(CommandFlag.READONLY);
    }

    /** Without the {@code @}. */
    public List<String> aclCategories() {
        return aclCategories;
    }

    /** Redis's command tips, the policies included. */
    public List<String> tips() {
        return tips;
    }

    public List<KeySpec> keySpecs() {
        return List.of(keySpecs);
    }

    /** Whether {@link KeyFinder} finds all keys. If not, only the server knows them ({@code COMMAND GETKEYS}). */
    public boolean keysKnown() {
        if (keyStrategy != KeyStrategy.SPECIFICATIONS) {
            return true;
        }
        for (KeySpec spec : keySpecs) {
            if (!spec.complete()) {
                return false;
            }
        }
        return keySpecs.length > 0 || !has(CommandFlag.MOVABLEKEYS);
    }

    public RequestPolicy requestPolicy() {
        return requestPolicy;
    }

    public ResponsePolicy responsePolicy() {
        return responsePolicy;
    }

    public boolean hasSubcommands() {
        return !subcommands.commands().isEmpty();
    }

    /** Of a container; in the order of their names. */
    public List<Command> subcommands() {
        return subcommands.commands();
    }

    /**
     * A subcommand of this container.
     *
     * @param lastName in whatever case, without the container's
     */
    public @Nullable Command subcommand(String lastName) {
        return subcommands.find(lastName);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Command that
                && name.equals(that.name)
                && arity == that.arity
                && Objects.equals(since, that.since)
                && flagBits == that.flagBits
                && aclCategories.equals(that.aclCategories)
                && tips.equals(that.tips)
                && Arrays.equals(keySpecs, that.keySpecs)
                && subcommands().equals(that.subcommands());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "Command[" + name + "]";
    }

    Command withSubcommands(List<Command> others) {
        return new Command(name, arity, since, flags, aclCategories, tips, List.of(keySpecs), others);
    }

    CommandNames subcommandNames() {
        return subcommands;
    }

    KeySpec[] keySpecArray() {
        return keySpecs;
    }

    KeyStrategy keyStrategy() {
        return keyStrategy;
    }

    // Only within this object's life: the order of the constants is written nowhere.
    @SuppressWarnings("EnumOrdinal")
    private static int bit(CommandFlag flag) {
        return 1 << flag.ordinal();
    }
}
