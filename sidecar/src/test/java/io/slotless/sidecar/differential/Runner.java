package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Rule.Data;
import io.slotless.sidecar.differential.Sides.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends a generated call to both sides, each time to the same keys, and judges what comes. */
final class Runner {

    /** Of which a call may leave a connection in another state. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("transactions", "pubsub", "connection", "server", "cluster", "newer");

    /** What takes back whatever a call did to the servers, other than to keys. */
    static final List<CommandLine> UNDO = List.of(
            CommandLine.of("SCRIPT", "FLUSH"),
            CommandLine.of("FUNCTION", "FLUSH"),
            CommandLine.of("CLIENT", "UNPAUSE"),
            CommandLine.of("ACL", "DELUSER", "alice", "bob", "abc", "-1", "1.5", "99999999999999999999", ""),
            CommandLine.of("CONFIG", "SET", "slowlog-max-len", "128"));

    private final Sides sides;
    private final Rules rules;
    private final DataCheck data;
    private String pristine = "";
    private boolean changed = true;

    Runner(Sides sides, Rules rules) {
        this.sides = sides;
        this.rules = rules;
        this.data = new DataCheck(sides);
    }

    void run(Subject subject, CommandLine line, int protocol, Tally tally) {
        fill();
        List<Rule> applied = new ArrayList<>();
        Verdict verdict = new Verdict(rules, tally, applied);
        String story = "RESP" + protocol + "> " + line;
        Optional<Rule> notAsked = rules.notAsked(line);
        if (notAsked.isPresent()) {
            verdict.refusal(story, notAsked.get(), sayToProxied(protocol, line));
        } else if (OF_CONNECTIONS.contains(subject.group()) || subject.name().equals("watch")) {
            verdict.reply(story, line, sayOverNew(protocol, line));
        } else {
            verdict.reply(story, line, sides.say(side -> side.shared(protocol), line));
        }
        if (subject.name().equals("client|kill")) {
            sides.renew();
        }
        if (subject.name().startsWith("bg")) {
            sides.plain().awaitSaved();
            sides.proxied().awaitSaved();
        }
        compareData(subject, story, tally, DataCheck.weakest(applied));
        if (!subject.hasKeys() || subject.group().equals("scripting")) {
            sides.tell(UNDO);
        }
    }

    private Reply sayToProxied(int protocol, CommandLine line) {
        try (Wire wire = sides.proxied().connect(protocol)) {
            Talk.begin(wire, line);
            return Talk.end(wire, line);
        }
    }

    private Pair<Reply> sayOverNew(int protocol, CommandLine line) {
        try (Wire ofPlain = sides.plain().connect(protocol);
                Wire ofProxied = sides.proxied().connect(protocol)) {
            return sides.say(side -> side == sides.plain() ? ofPlain : ofProxied, line);
        }
    }

    private void compareData(Subject subject, String story, Tally tally, Data how) {
        Pair<String> digests = sides.digests();
        boolean reads = subject.command().isReadOnly();
        changed = !reads || !digests.equals(new Pair<>(pristine, pristine));
        if (!changed) {
            return;
        }
        String difference = data.difference(how, pristine, digests);
        if (difference.isEmpty() && how == Data.SAME && subject.group().equals("stream")) {
            difference = data.differenceOfStreams();
        }
        if (!difference.isEmpty()) {
            tally.addDifference(story + "\n  afterwards: " + difference);
        }
    }

    private void fill() {
        if (changed) {
            sides.fill();
        }
        if (pristine.isEmpty()) {
            pristine = sides.digests().plain();
        }
    }
}
