package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.upstream.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A key that a node has, of which it is not known yet whether it is alive. */
@SuppressWarnings("ArrayRecordComponent")
record FoundKey(int slot, byte[] name) {

    private static final byte[] TYPE = "TYPE".getBytes(StandardCharsets.US_ASCII);

    /**
     * Asks for the types of keys: one whose time is over has none, though it may still be there.
     *
     * @param type null: any will do
     * @param then gets the names of those that are alive and of that type
     */
    static void living(
            Conversation conversation,
            Identity identity,
            List<FoundKey> keys,
            @Nullable String type,
            Consumer<List<byte[]>> then) {
        List<Question> questions = new ArrayList<>(keys.size());
        for (FoundKey key : keys) {
            ByteBuf command = CommandFrame.of(List.of(TYPE, key.name)).buffer();
            questions.add(Question.toSlot(conversation, identity, command, key.slot));
        }
        conversation.ask(questions, replies -> {
            List<byte[]> living = new ArrayList<>(keys.size());
            for (int i = 0; i < replies.size(); i++) {
                if (isWanted(Survey.value(replies.get(i)), type)) {
                    living.add(keys.get(i).name);
                }
            }
            then.accept(living);
        });
    }

    private static boolean isWanted(RespValue answer, @Nullable String type) {
        String actual = answer instanceof RespValue.SimpleString simple ? simple.text() : "none";
        return !actual.equals("none") && (type == null || type.equalsIgnoreCase(actual));
    }
}
