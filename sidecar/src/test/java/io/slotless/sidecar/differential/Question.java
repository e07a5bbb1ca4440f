package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.List;

/** Commands for one connection. */
record Question(Wire wire, List<CommandLine> commands) {

    static Question of(Wire wire, String... words) {
        return new Question(wire, List.of(CommandLine.of(words)));
    }

    /** Asks all at once; the replies to each, in the order of the questions. */
    static List<List<Reply>> askAll(List<Question> questions) {
        questions.forEach(question -> question.wire.send(question.commands));
        List<List<Reply>> replies = new ArrayList<>();
        for (Question question : questions) {
            List<Reply> own = new ArrayList<>();
            question.commands.forEach(command -> own.add(question.wire.read()));
            replies.add(own);
        }
        return replies;
    }
}
