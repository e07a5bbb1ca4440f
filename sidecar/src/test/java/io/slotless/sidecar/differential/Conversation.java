package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients say one after the other, as {@code differential/conversations.txt} tells it. It begins with no keys. Lines:
 *
 * <ul>
 *   <li>{@code GET k}: the first client says it and awaits the reply; {@code 2: GET k}: the second
 *   <li>{@code 2> BLPOP k 0}: the second says it and goes on
 *   <li>{@code 2<}: it awaits one reply, or message
 *   <li>{@code blocked 1}: one client waits at the servers
 * </ul>
 *
 * {@code $reply} stands for the last reply that was awaited, each side's own; {@code $1}, {@code $2} for an element of it.
 */
record Conversation(String title, List<Step> steps) {

    enum Kind {
        CALL,
        SEND,
        AWAIT,
        BLOCKED
    }

    /**
     * One line.
     *
     * @param client from 1 on; for BLOCKED, how many
     */
    record Step(Kind kind, int client, CommandLine line) {}

    private static final Pattern LINE = Pattern.compile("(?:(\\d)([:><]) ?)?(.*)");

    static List<Conversation> all() {
        List<Conversation> all = new ArrayList<>();
        for (String line : Vocabulary.lines("conversations.txt")) {
            if (line.startsWith("== ")) {
                all.add(new Conversation(line.substring(3), new ArrayList<>()));
            } else {
                all.get(all.size() - 1).steps.add(step(line));
            }
        }
        return all;
    }

    private static Step step(String line) {
        if (line.startsWith("blocked ")) {
            return new Step(Kind.BLOCKED, Integer.parseInt(line.substring(8)), CommandLine.of());
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException(line);
        }
        int client = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
        Kind kind = ">".equals(matcher.group(2)) ? Kind.SEND : "<".equals(matcher.group(2)) ? Kind.AWAIT : Kind.CALL;
        return new Step(kind, client, CommandLine.parse(matcher.group(3)));
    }
}
