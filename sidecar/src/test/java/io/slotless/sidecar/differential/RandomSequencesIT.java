package io.slotless.sidecar.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.differential.Party.Said;
import io.slotless.sidecar.differential.Sides.Pair;
import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever several clients say, in bursts and at once: a cluster through the proxy answers what a plain server answers. */
class RandomSequencesIT {

    private static final Rules RULES = Rules.read();

    private static RealRedis redis;
    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private static Sides sides;

    @BeforeContainer
    static void start() throws Exception {
        Path folder = Files.createTempDirectory("sequences");
        redis = new RealRedis("enable-debug-command yes", "dir " + Files.createDirectories(folder.resolve("plain")));
        cluster = new ThreeNodes(folder);
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
        sides = new Sides(new Side(redis.port(), redis.port()), new Side(proxy.port(), cluster.ports()));
    }

    @AfterContainer
    static void stop() {
        sides.close();
        proxy.close();
        cluster.close();
        redis.close();
    }

    @Property(tries = 150)
    void theyAreAnsweredAsByAPlainServer(@ForAll("sequences") Sequence sequence) {
        sides.empty();
        sides.tell(Runner.UNDO);
        List<Said> expected = hold(sides.plain(), sequence);
        List<Said> actual = hold(sides.proxied(), sequence);
        Tally tally = new Tally();
        Verdict verdict = new Verdict(RULES, tally, new ArrayList<>());
        for (int i = 0;
                i < expected.size() && i < actual.size() && tally.differences().isEmpty();
                i++) {
            Said said = expected.get(i);
            String story = "reply " + i + ", to " + said.line();
            verdict.reply(
                    story, said.line(), new Pair<>(said.reply(), actual.get(i).reply()));
        }
        assertThat(tally.differences()).isEmpty();
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(sides.digests()).matches(Pair::areEqual, "the same keys with the same values");
    }

    @Provide
    Arbitrary<Sequence> sequences() {
        Sequences words = new Sequences();
        return Combinators.combine(
                        Arbitraries.of(2, 3).list().ofSize(Sequences.ONE_SLOT_CLIENTS + 2),
                        Arbitraries.of(KeySpace.TAGS).list().ofSize(Sequences.ONE_SLOT_CLIENTS))
                .flatAs((protocols, tags) -> words.turns(tags).map(turns -> new Sequence(protocols, turns)));
    }

    private static List<Said> hold(Side side, Sequence sequence) {
        try (Party party = new Party(side, sequence.protocols)) {
            return party.hold(sequence.turns);
        }
    }

    /** @param protocols of the clients, the last one that of the subscriber */
    private record Sequence(List<Integer> protocols, List<Turn> turns) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("RESP" + protocols);
            turns.forEach(turn -> text.append("\n  ").append(turn));
            return text.toString();
        }
    }
}
