package io.slotless.sidecar.routing;

import io.slotless.sidecar.onenode.OneNodeCommand;
import io.slotless.sidecar.routing.fanout.ReplyMerge;
import org.jspecify.annotations.Nullable;

/** Where a command goes. Closed: whoever carries routes out handles each of them. */
public sealed interface Route {

    /** Of what has no keys. */
    int ANY_SLOT = -1;

    /**
     * Forward it, whole, to the primary of a slot. A router uses its own for each command, so that none is made, nor one of 16384
     * fetched from where no cache has it.
     */
    final class ToSlot implements Route {

        private int slot;

        ToSlot(int slot) {
            this.slot = slot;
        }

        /** One that stays as it is. */
        public static ToSlot of(int slot) {
            return new ToSlot(slot);
        }

        public int slot() {
            return slot;
        }

        ToSlot use(int newSlot) {
            slot = newSlot;
            return this;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ToSlot to && to.slot == slot;
        }

        @Override
        public int hashCode() {
            return slot;
        }

        @Override
        public String toString() {
            return "ToSlot[slot=" + slot + "]";
        }
    }

    /** Forward it to any primary: each would answer the same. */
    record ToAnyNode() implements Route {
        public static final ToAnyNode ROUTE = new ToAnyNode();
    }

    /** Only a server knows where the keys are in it, as with some commands of modules: ask, then forward it whole. */
    record KeysByServer() implements Route {
        public static final KeysByServer ROUTE = new KeysByServer();
    }

    /** As {@link ToAnyNode}, but what the reply tells of the server's deployment is made to look standalone. */
    record Info() implements Route {
        public static final Info ROUTE = new Info();
    }

    /**
     * It brings a script: forward it as {@link ToSlot}; the script may be asked for elsewhere later.
     *
     * @param slot {@link #ANY_SLOT} when it has no keys
     */
    record Eval(int slot) implements Route {
        public static final Eval ANYWHERE = new Eval(ANY_SLOT);
    }

    /**
     * It names a script: forward it as {@link ToSlot}, and the script with it where that is not known.
     *
     * @param slot {@link #ANY_SLOT} when it has no keys
     */
    record EvalSha(int slot) implements Route {
        public static final EvalSha ANYWHERE = new EvalSha(ANY_SLOT);
    }

    /** It is about the scripts that servers know, and so about those that we know. */
    record Script(ScriptCommand command) implements Route {}

    /** Cut it into one command per slot and merge the replies; the plan is the router's, which uses it again. */
    record Split(SplitPlan plan) implements Route {}

    /** Send it to several nodes and make one reply of theirs. */
    record FanOut(Reach reach, ReplyMerge merge) implements Route {}

    /** One cursor over all shards. */
    record Scan() implements Route {
        public static final Scan ROUTE = new Scan();
    }

    /** A key of any shard, each key as likely as another. */
    record RandomKey() implements Route {
        public static final RandomKey ROUTE = new RandomKey();
    }

    /** Send it to the primary of every shard and give the client all elements of their arrays in one, as they come. */
    record StreamedArrays() implements Route {
        public static final StreamedArrays ROUTE = new StreamedArrays();
    }

    /**
     * It waits for what was written before: on a private connection to the primary of each shard, and the replies are
     * merged.
     */
    record Wait(Merge merge) implements Route {}

    /** It waits at the server: forward it on a private connection to the primary of a slot. */
    record Blocking(int slot) implements Route {
        /** For what has no keys. */
        static final Blocking ANYWHERE = new Blocking(0);
    }

    /** Answer it here; it is about the connection between client and sidecar. */
    record Local(LocalCommand command) implements Route {}

    /** Answer it here, as the only node of a cluster would. */
    record OneNode(OneNodeCommand command) implements Route {}

    /** It changes what the client is subscribed to. */
    record Subscribe() implements Route {
        public static final Subscribe ROUTE = new Subscribe();
    }

    /**
     * It publishes a message: forward it to the primary of a slot.
     *
     * @param slot {@link #HOME}: to the one node where messages are published that belong to no slot
     */
    record Publish(int slot) implements Route {
        public static final int HOME = -1;
        public static final Publish AT_HOME = new Publish(HOME);
    }

    /** It begins a transaction: from here on commands mean what they mean within one, until EXEC or DISCARD. */
    record BindTransaction() implements Route {
        public static final BindTransaction ROUTE = new BindTransaction();
    }

    /** It watches keys of a slot: a private connection to its primary, until EXEC, DISCARD or UNWATCH has ended it. */
    record Watch(int slot) implements Route {}

    /** As {@link BindForever} from the next command on, if the server does it; if it refuses, nothing has changed. */
    record BindIfDone() implements Route {
        public static final BindIfDone ROUTE = new BindIfDone();
    }

    /** From here on every byte goes over a private connection, untouched, until the client leaves. */
    record BindForever() implements Route {
        public static final BindForever ROUTE = new BindForever();
    }

    /**
     * Refuse it.
     *
     * @param error the error's text, without the leading minus
     */
    record Reject(String error) implements Route {}
}
