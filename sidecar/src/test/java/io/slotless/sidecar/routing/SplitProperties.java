package io.slotless.sidecar.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** A split command and its merged reply, against a map that plays the whole cluster. */
class SplitProperties {

    private final Router router = new ClusterRouter(CommandTable.builtIn(), Presentation.STANDALONE);
    private final MergedReply merged = new MergedReply();

    @Property
    void mgetGivesTheValuesInTheOrderOfItsKeys(
            @ForAll @Size(min = 2, max = 40) List<@AlphaChars @StringLength(min = 0, max = 3) String> keys) {
        Map<String, String> store = new HashMap<>();
        for (int i = 0; i < keys.size(); i += 2) {
            store.put(keys.get(i), "value of " + keys.get(i));
        }
        Route route = router.route(frame("MGET", keys));
        if (route instanceof Route.Split split) {
            String expected = "*" + keys.size() + "\r\n"
                    + String.join(
                            "", keys.stream().map(key -> bulk(store.get(key))).toList());
            assertThat(run(split.plan(), frame("MGET", keys), part -> mget(part, store)))
                    .isEqualTo(expected);
        }
    }

    @Property
    void msetSetsEachKeyToTheLastValueGivenForIt(
            @ForAll @NotEmpty Map<@AlphaChars @StringLength(max = 3) String, @AlphaChars String> values) {
        List<String> arguments = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            arguments.addAll(List.of(key, "first", key, value));
            expected.put(key, value);
        });
        Route route = router.route(frame("MSET", arguments));
        if (route instanceof Route.Split split) {
            Map<String, String> store = new LinkedHashMap<>();
            String reply = run(split.plan(), frame("MSET", arguments), part -> {
                for (int i = 1; i < part.size(); i += 2) {
                    store.put(part.get(i), part.get(i + 1));
                }
                return "+OK\r\n";
            });
            assertThat(reply).isEqualTo("+OK\r\n");
            assertThat(store).isEqualTo(expected);
        }
    }

    @Property
    void countsAddUp(@ForAll @Size(min = 2, max = 40) List<@AlphaChars @StringLength(max = 3) String> keys) {
        Route route = router.route(frame("EXISTS", keys));
        if (route instanceof Route.Split split) {
            assertThat(run(split.plan(), frame("EXISTS", keys), part -> ":" + (part.size() - 1) + "\r\n"))
                    .isEqualTo(":" + keys.size() + "\r\n");
        }
    }

    @Property
    void aNodeThatGivesAnotherNumberOfValuesThanItHasKeysIsFoundOutBeforeAnythingIsWritten(
            @ForAll @IntRange(min = 2, max = 30) int keys, @ForAll @IntRange(max = 3) int given) {
        SplitPlan plan = new SplitPlan();
        plan.begin(1, SplitMerge.ELEMENTS, keys);
        for (int key = 0; key < keys; key++) {
            plan.add(1 + key, key % 2 == 0 ? 7 : 8);
        }
        List<String> replies = List.of(
                "*" + plan.keys(0) + "\r\n" + "$-1\r\n".repeat(plan.keys(0)),
                given == plan.keys(1) ? "$-1\r\n" : "*" + given + "\r\n" + "$1\r\nv\r\n".repeat(given));
        ByteBuf out = Unpooled.buffer();
        assertThatThrownBy(() -> merged.write(plan, new InOneBuffer(replies), out::writeBytes))
                .isInstanceOf(IllegalStateException.class);
        assertThat(out.isReadable()).isFalse();
    }

    private interface Node {
        String answer(List<String> command);
    }

    /** Runs each part as the cluster would, and merges. */
    private String run(SplitPlan plan, CommandFrame whole, Node node) {
        List<String> replies = new ArrayList<>();
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        for (int part = 0; part < plan.parts(); part++) {
            ByteBuf command = Unpooled.buffer();
            plan.write(part, whole, command::writeBytes);
            assertThat(decoder.decode(command)).isEqualTo(RequestDecoder.Step.COMMAND);
            assertThat(command.isReadable()).isFalse();
            assertThat(slotsOfKeys(plan, decoder.frame())).containsOnly(plan.slot(part));
            replies.add(node.answer(words(decoder.frame())));
        }
        SplitPlan copy = new SplitPlan();
        copy.copy(plan);
        // What was planned stays, whatever the router does next.
        router.route(CommandFrame.of("MGET", "other", "keys", "of", "other", "slots"));
        ByteBuf out = Unpooled.buffer();
        merged.write(copy, new InOneBuffer(replies), out::writeBytes);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Integer> slotsOfKeys(SplitPlan plan, CommandFrame part) {
        List<Integer> slots = new ArrayList<>();
        int step = plan.merge() == SplitMerge.AGREEMENT ? 2 : 1;
        for (int key = 1; key < part.argumentCount(); key += step) {
            slots.add(SlotHash.slot(part.buffer(), part.argumentOffset(key), part.argumentLength(key)));
        }
        return slots;
    }

    /** One reply behind the other, as on a shelf. */
    static final class InOneBuffer implements PartReplies {

        private final ByteBuf bytes = Unpooled.buffer();
        private final List<Integer> ends = new ArrayList<>(List.of(0));

        InOneBuffer(List<String> replies) {
            for (String reply : replies) {
                bytes.writeCharSequence(reply, StandardCharsets.UTF_8);
                ends.add(bytes.writerIndex());
            }
        }

        @Override
        public ByteBuf buffer(int part) {
            return bytes;
        }

        @Override
        public int start(int part) {
            return ends.get(part);
        }

        @Override
        public int length(int part) {
            return ends.get(part + 1) - ends.get(part);
        }
    }

    private static String mget(List<String> command, Map<String, String> store) {
        StringBuilder reply = new StringBuilder("*" + (command.size() - 1) + "\r\n");
        command.subList(1, command.size()).forEach(key -> reply.append(bulk(store.get(key))));
        return reply.toString();
    }

    private static String bulk(String value) {
        return value == null ? "$-1\r\n" : "$" + value.length() + "\r\n" + value + "\r\n";
    }

    private static List<String> words(CommandFrame frame) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < frame.argumentCount(); i++) {
            words.add(frame.argument(i));
        }
        return words;
    }

    private static CommandFrame frame(String name, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        return CommandFrame.of(words.toArray(String[]::new));
    }
}
