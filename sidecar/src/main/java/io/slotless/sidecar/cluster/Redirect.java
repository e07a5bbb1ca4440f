package io.slotless.sidecar.cluster;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A cluster node's word that another one serves the slot. */
public sealed interface Redirect {

    int slot();

    Node node();

    /** The slot lives there from now on. */
    record Moved(int slot, Node node) implements Redirect {}

    /** The slot is on its way there: ask there once, with {@code ASKING} before. */
    record Ask(int slot, Node node) implements Redirect {}

    /**
     * Reads {@code -MOVED 3999 127.0.0.1:6381} or {@code -ASK …} from absolute indices, with or without the line end.
     *
     * @param asked who sent it: an empty host means the same host (Redis 7: {@code cluster-preferred-endpoint-type
     *     unknown-endpoint})
     * @return null if it is another error, or not to be understood
     */
    static @Nullable Redirect parse(ByteBuf reply, int offset, int length, Node asked) {
        // Most errors are neither: seen at one byte, without making a String.
        byte initial = length > 5 ? reply.getByte(offset + 1) : 0;
        if (reply.getByte(offset) != '-' || (initial != 'M' && initial != 'A')) {
            return null;
        }
        String[] words = reply.toString(offset + 1, length - 1, StandardCharsets.UTF_8)
                .strip()
                .split(" ", -1);
        if (words.length != 3) {
            return null;
        }
        int colon = words[2].lastIndexOf(':');
        int slot = number(words[1], SlotHash.SLOTS - 1);
        int port = number(words[2].substring(colon + 1), 65535);
        if (colon < 0 || slot < 0 || port < 0) {
            return null;
        }
        String host = words[2].substring(0, colon);
        Node node = new Node(host.isEmpty() ? asked.host() : host, port);
        return switch (words[0]) {
            case "MOVED" -> new Moved(slot, node);
            case "ASK" -> new Ask(slot, node);
            default -> null;
        };
    }

    private static int number(String digits, int max) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int number = Integer.parseInt(digits);
        return number > max ? -1 : number;
    }
}
