package io.slotless.sidecar.differential;

import java.util.ArrayList;
import java.util.List;

/** Makes one call of a command out of its argument tree. */
final class Grammar {

    private final Subject subject;
    private final Vocabulary vocabulary;
    private final Choices choices;
    private final String tag;

    /** How often whatever may be repeated is repeated: the same all over a call, for numkeys, WEIGHTS and STREAMS. */
    private final int repetitions;

    private final List<String> words = new ArrayList<>();
    private final List<Integer> keys = new ArrayList<>();

    private Grammar(Subject subject, Vocabulary vocabulary, Choices choices, String tag) {
        this.subject = subject;
        this.vocabulary = vocabulary;
        this.choices = choices;
        this.tag = tag;
        this.repetitions = choices.areFree() ? 1 + choices.random().nextInt(3) : 2;
    }

    static Call call(Subject subject, Vocabulary vocabulary, Choices choices, String tag) {
        Grammar grammar = new Grammar(subject, vocabulary, choices, tag);
        grammar.words.addAll(subject.words());
        if (subject.isNewer()) {
            grammar.unknown();
        } else {
            subject.arguments().forEach(grammar::append);
        }
        return new Call(grammar.words, grammar.keys, subject.words().size());
    }

    /** Of a command that the plain server does not know: a key, and as many words as it asks for. */
    private void unknown() {
        int arity = Math.abs(subject.command().arity());
        if (subject.hasKeys()) {
            key();
        }
        while (words.size() < arity || choices.of(2) == 1) {
            words.add(choices.random().nextBoolean() ? "a" : "1");
        }
    }

    private void append(Argument argument) {
        // The keys after numkeys are marked optional, for numkeys may be 0. Ours is not.
        if (argument.isOptional() && !argument.type().equals("key") && choices.of(2) == 0) {
            return;
        }
        int times = argument.isMultiple() ? repetitions : 1;
        for (int i = 0; i < times; i++) {
            if (!argument.token().isEmpty() && (i == 0 || argument.repeatsToken())) {
                words.add(argument.token());
            }
            switch (argument.type()) {
                case "pure-token" -> {}
                case "key" -> key();
                case "oneof" ->
                    append(argument.children()
                            .get(choices.of(argument.children().size())));
                case "block" -> argument.children().forEach(this::append);
                default -> words.add(value(argument));
            }
        }
    }

    private void key() {
        keys.add(words.size());
        boolean fits = !choices.areFree() || choices.random().nextInt(3) > 0;
        words.add(
                fits ? KeySpace.fitting(tag, subject.group(), choices.random()) : KeySpace.any(tag, choices.random()));
    }

    private String value(Argument argument) {
        if (argument.name().equals("numkeys")) {
            return Integer.toString(repetitions);
        }
        List<String> values = vocabulary.valuesOf(subject.name(), argument);
        boolean good = !choices.areFree() && choices.random().nextInt(3) > 0;
        String value = good ? values.get(0) : values.get(choices.random().nextInt(values.size()));
        return value.replace("{}", "{" + tag + "}");
    }

    /**
     * A call that was made.
     *
     * @param keys the indices of its keys
     * @param fixed how many words are the command's name
     */
    record Call(List<String> words, List<Integer> keys, int fixed) {

        Call with(int index, String word) {
            List<String> changed = new ArrayList<>(words);
            changed.set(index, word);
            return new Call(changed, keys, fixed);
        }

        Call cutTo(int length) {
            return new Call(words.subList(0, length), keys, fixed);
        }

        Call and(String word) {
            List<String> longer = new ArrayList<>(words);
            longer.add(word);
            return new Call(longer, keys, fixed);
        }

        CommandLine line() {
            return new CommandLine(words);
        }
    }
}
