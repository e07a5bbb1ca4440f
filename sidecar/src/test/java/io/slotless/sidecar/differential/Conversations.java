package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Conversation.Kind;
import io.slotless.sidecar.differential.Conversation.Step;
import io.slotless.sidecar.differential.Rule.Data;
import io.slotless.sidecar.differential.Sides.Pair;
import java.util.ArrayList;
import java.util.List;

/** Holds conversations with both sides and judges what comes. */
final class Conversations {

    private final Sides sides;
    private final Rules rules;
    private final DataCheck data;

    Conversations(Sides sides, Rules rules) {
        this.sides = sides;
        this.rules = rules;
        this.data = new DataCheck(sides);
    }

    void hold(Conversation conversation, int protocol, Tally tally) {
        sides.empty();
        String before = sides.digests().plain();
        List<Rule> applied = new ArrayList<>();
        Verdict verdict = new Verdict(rules, tally, applied);
        StringBuilder story = new StringBuilder("RESP" + protocol + ", " + conversation.title() + ":");
        try (Talker plain = new Talker(sides.plain(), protocol);
                Talker proxied = new Talker(sides.proxied(), protocol)) {
            for (Step step : conversation.steps()) {
                plain.begin(step);
                proxied.begin(step);
                story.append("\n  ").append(step.client()).append("> ").append(step.line());
                if (step.kind() == Kind.CALL || step.kind() == Kind.AWAIT) {
                    verdict.reply(story.toString(), step.line(), new Pair<>(plain.end(step), proxied.end(step)));
                }
            }
        }
        if (DataCheck.weakest(applied) == Data.SAME) {
            String difference = data.difference(Data.SAME, before, sides.digests());
            if (!difference.isEmpty()) {
                tally.addDifference(story + "\n  afterwards: " + difference);
            }
        }
        sides.tell(Runner.UNDO);
    }
}
