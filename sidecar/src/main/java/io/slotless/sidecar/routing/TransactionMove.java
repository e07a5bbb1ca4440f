package io.slotless.sidecar.routing;

/** What a command does to the transaction it is in. Closed: whoever carries transactions out handles each of them. */
public sealed interface TransactionMove {

    /** Commands are queued from here on. */
    record Begin() implements TransactionMove {}

    /**
     * It is queued.
     *
     * @param slot of its keys; {@link TransactionRules#ANY_SLOT} when it has none
     * @param route what it would be outside: some replies are not the server's
     */
    record Queue(int slot, Route route) implements TransactionMove {}

    /** It watches keys of this slot. */
    record Watch(int slot) implements TransactionMove {}

    /** Nothing is watched any more. */
    record Unwatch() implements TransactionMove {}

    /** What is queued is run. */
    record Exec() implements TransactionMove {}

    /** What is queued is forgotten, and nothing is watched any more. */
    record Discard() implements TransactionMove {}

    /** It is run at once, where keys of its slot are watched: it must be seen to happen between WATCH and EXEC. */
    record Beside(Route route) implements TransactionMove {}

    /** It is run at once, as if there were no transaction. */
    record Outside(Route route) implements TransactionMove {}

    /** It is run at once, and ends the transaction by what it is. */
    record Leave(Route route) implements TransactionMove {}

    /** Nothing but this error comes of it. */
    record Refuse(String error) implements TransactionMove {}

    /** This error comes of it, and EXEC will refuse to run the rest. */
    record Spoil(String error) implements TransactionMove {}

    /** This error comes of it, and the transaction is over. */
    record Abort(String error) implements TransactionMove {}
}
