package io.slotless.sidecar.differential;

import io.slotless.sidecar.differential.Grammar.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes the calls of a command: the same ones each time. */
final class Generator {

    private static final int MOST_SINGLE_OPTIONS = 40;
    private static final int MIXTURES = 14;
    private static final List<String> WRONG = List.of("", "abc", "-1", "99999999999999999999", "\u0000\r\n", "1.5");

    private final Subject subject;
    private final Vocabulary vocabulary;
    private final Random random;
    private final Set<CommandLine> calls = new LinkedHashSet<>();
    private int made;

    private Generator(Subject subject, Vocabulary vocabulary) {
        this.subject = subject;
        this.vocabulary = vocabulary;
        this.random = new Random(subject.name().hashCode());
    }

    static Collection<CommandLine> calls(Subject subject, Vocabulary vocabulary) {
        Generator generator = new Generator(subject, vocabulary);
        generator.make();
        return generator.calls;
    }

    private void make() {
        Call plain = plain(Map.of());
        calls.add(plain.line());
        eachOptionAlone();
        for (int i = 0; i < MIXTURES && !subject.arguments().isEmpty(); i++) {
            calls.add(mixture().line());
        }
        wrongNumbers(plain);
        calls.add(inOtherCase(mixture()));
        eachKey(plain);
        spoiled(plain);
        twoSlots();
        if (subject.command().hasSubcommands()) {
            calls.add(plain.and("nope").line());
            calls.add(plain.and("nope").and("a\r\nb").line());
        }
    }

    private Call plain(Map<Integer, Integer> choices) {
        return Grammar.call(subject, vocabulary, Choices.plainBut(choices, random), tag());
    }

    private Call mixture() {
        return Grammar.call(subject, vocabulary, Choices.random(random), tag());
    }

    /** The next shard's. */
    private String tag() {
        return KeySpace.TAGS.get(made++ % KeySpace.TAGS.size());
    }

    /** From the plain call, every other way at every choice, and from there at the choices that this brings. */
    private void eachOptionAlone() {
        Deque<Map<Integer, Integer>> open = new ArrayDeque<>(List.of(Map.of()));
        for (int i = 0; i < MOST_SINGLE_OPTIONS && !open.isEmpty(); i++) {
            Map<Integer, Integer> from = open.poll();
            Choices choices = Choices.plainBut(from, random);
            calls.add(Grammar.call(subject, vocabulary, choices, tag()).line());
            int last = from.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
            for (int choice = last + 1; choice < choices.ways().size() && from.size() < 2; choice++) {
                for (int way = 1; way < choices.ways().get(choice); way++) {
                    Map<Integer, Integer> next = new HashMap<>(from);
                    next.put(choice, way);
                    open.add(next);
                }
            }
        }
    }

    private static String tagOf(String key) {
        return key.substring(1, key.indexOf('}'));
    }

    private void wrongNumbers(Call plain) {
        for (int length = plain.fixed(); length < plain.words().size(); length++) {
            calls.add(plain.cutTo(length).line());
        }
        // Of the same slot, for some will be taken for keys.
        String tag = plain.keys().isEmpty()
                ? KeySpace.TAGS.get(0)
                : tagOf(plain.words().get(plain.keys().get(0)));
        String surplus = KeySpace.key(tag, "surplus");
        calls.add(plain.and(surplus).line());
        calls.add(plain.and(surplus).and(surplus).line());
    }

    private CommandLine inOtherCase(Call call) {
        List<String> words = new ArrayList<>();
        for (String word : call.words()) {
            boolean meant = !word.startsWith("{") && words.size() < call.fixed() || word.matches("[A-Z0-9]{2,}");
            words.add(meant ? mixed(word) : word);
        }
        return new CommandLine(words);
    }

    private static String mixed(String word) {
        StringBuilder mixed = new StringBuilder(word.toLowerCase(Locale.ROOT));
        for (int i = 0; i < mixed.length(); i += 2) {
            mixed.setCharAt(i, Character.toUpperCase(mixed.charAt(i)));
        }
        return mixed.toString();
    }

    /** The first key of each type in turn, and one that is not there. */
    private void eachKey(Call plain) {
        if (!plain.keys().isEmpty()) {
            KeySpace.keys(tagOf(plain.words().get(plain.keys().get(0))))
                    .forEach(other ->
                            calls.add(plain.with(plain.keys().get(0), other).line()));
        }
    }

    /** One argument becomes nonsense. Keys stay: they decide the slot. */
    private void spoiled(Call plain) {
        for (int i = plain.fixed(); i < plain.words().size(); i++) {
            if (!plain.keys().contains(i)) {
                calls.add(plain.with(i, WRONG.get(random.nextInt(WRONG.size()))).line());
                calls.add(plain.with(i, WRONG.get(i % WRONG.size())).line());
            }
        }
    }

    private void twoSlots() {
        for (int i = 0; i < 3; i++) {
            Call call = mixture();
            if (call.keys().size() > 1) {
                int last = call.keys().get(call.keys().size() - 1);
                calls.add(call.with(last, KeySpace.fitting(tag(), subject.group(), random))
                        .line());
            }
        }
    }
}
