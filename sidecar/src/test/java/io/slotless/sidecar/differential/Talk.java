package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** How many replies a command has, and how a scan is asked to its end. */
final class Talk {

    private static final int MOST_ROUNDS = 5_000;
    private static final Set<String> SUBSCRIPTIONS =
            Set.of("subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe");
    private static final Set<String> SILENT = Set.of("off", "skip");

    private Talk() {}

    /** Says it. */
    static void begin(Wire wire, CommandLine line) {
        wire.send(List.of(line));
    }

    /** Reads what there is to read, and of a scan says the rest: several replies are given as the elements of one. */
    static Reply end(Wire wire, CommandLine line) {
        List<String> words =
                line.words().stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        if (isScan(words)) {
            return scan(wire, line, words.get(0).equals("scan") ? 1 : 2);
        }
        if (words.size() == 3 && words.get(1).equals("reply") && SILENT.contains(words.get(2))) {
            return Reply.none("silence");
        }
        Reply first = wire.read();
        int replies = SUBSCRIPTIONS.contains(words.get(0)) && !first.isError() ? Math.max(1, words.size() - 1) : 1;
        if (replies == 1) {
            return first;
        }
        List<Reply> all = new ArrayList<>(List.of(first));
        while (all.size() < replies && !wire.isBroken()) {
            all.add(wire.read());
        }
        return new Reply('*', "", List.of(), "").with(all);
    }

    /** A scan that begins at the beginning. */
    static boolean isScan(List<String> words) {
        return switch (words.get(0)) {
            case "scan" -> words.size() > 1 && words.get(1).equals("0");
            case "hscan", "sscan", "zscan" -> words.size() > 2 && words.get(2).equals("0");
            default -> false;
        };
    }

    /** All elements that a scan finds from its beginning to its end, each once and in order; or the first error. */
    private static Reply scan(Wire wire, CommandLine line, int cursor) {
        boolean pairs = line.words().get(0).matches("(?i)[hz]scan");
        Set<String> found = new TreeSet<>();
        List<String> words = new ArrayList<>(line.words());
        Set<String> cursors = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (round > 0) {
                wire.send(List.of(new CommandLine(words)));
            }
            Reply reply = wire.read();
            if (reply.type() != '*' || reply.elements().size() != 2) {
                return reply;
            }
            List<Reply> elements = reply.elements().get(1).elements();
            for (int i = 0; i < elements.size(); i += pairs ? 2 : 1) {
                found.add(elements.get(i).wire() + (pairs ? elements.get(i + 1).wire() : ""));
            }
            String next = reply.elements().get(0).text();
            if (next.equals("0")) {
                return new Reply('*', "", List.of(), "(in the end) " + found);
            }
            if (!cursors.add(next)) {
                return Reply.none("the cursor " + next + " came again");
            }
            words.set(cursor, next);
        }
        return Reply.none("no end of the scan");
    }
}
