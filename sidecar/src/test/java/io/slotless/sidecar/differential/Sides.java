package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The plain server, and what should answer as it does. Both are asked at once. */
record Sides(Side plain, Side proxied) implements AutoCloseable {

    /** What both sides say to the questions; those of the plain server first. */
    private Pair<List<List<Reply>>> ask(Function<Side, List<Question>> questions) {
        List<Question> all = new ArrayList<>(questions.apply(plain));
        int ofPlain = all.size();
        all.addAll(questions.apply(proxied));
        List<List<Reply>> replies = Question.askAll(all);
        return new Pair<>(replies.subList(0, ofPlain), replies.subList(ofPlain, replies.size()));
    }

    /** The keys of both are those of the {@link KeySpace}. */
    void fill() {
        require(ask(Side::filling));
    }

    void empty() {
        require(ask(Side::emptying));
    }

    Pair<String> digests() {
        return ask(Side::digesting).map(DataSet::digest);
    }

    /** When keys of the key space expire, in Unix milliseconds; those that do. */
    Pair<Map<Integer, Long>> expiries() {
        return ask(Side::expiring).map(replies -> {
            Map<Integer, Long> expiries = new HashMap<>();
            List<Reply> all = replies.stream().flatMap(List::stream).toList();
            for (int key = 0; key < all.size(); key++) {
                long expiry = Long.parseLong(all.get(key).text());
                if (expiry >= 0) {
                    expiries.put(key, expiry);
                }
            }
            return expiries;
        });
    }

    Pair<List<List<Reply>>> streams() {
        return ask(Side::examiningStreams);
    }

    /** Says something that may not be understood over a connection of a client. */
    void tell(List<CommandLine> commands) {
        ask(side -> List.of(new Question(side.shared(2), commands)));
    }

    /** What each says to a command. */
    Pair<Reply> say(Function<Side, Wire> wires, CommandLine line) {
        Wire ofPlain = wires.apply(plain);
        Wire ofProxied = wires.apply(proxied);
        Talk.begin(ofPlain, line);
        Talk.begin(ofProxied, line);
        return new Pair<>(Talk.end(ofPlain, line), Talk.end(ofProxied, line));
    }

    void renew() {
        plain.renew();
        proxied.renew();
    }

    @Override
    public void close() {
        plain.close();
        proxied.close();
    }

    private static void require(Pair<List<List<Reply>>> replies) {
        List.of(replies.plain, replies.proxied).forEach(side -> side.stream()
                .flatMap(List::stream)
                .filter(reply -> reply.isError() || reply.type() == '?')
                .findFirst()
                .ifPresent(reply -> {
                    throw new IllegalStateException("the keys could not be made: " + reply);
                }));
    }

    /** Something of both. */
    record Pair<T>(T plain, T proxied) {

        <R> Pair<R> map(Function<T, R> function) {
            return new Pair<>(function.apply(plain), function.apply(proxied));
        }

        boolean areEqual() {
            return plain.equals(proxied);
        }
    }
}
