package io.slotless.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.fixture.resp.PlainRedisClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private static final int LARGE = 20_000;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void getNamesOneKey() {
        assertThat(written(Template.get(64), 1)).isEqualTo(command("GET", Keys.key(64, 0)));
    }

    @Test
    void setHasAValueOfTheRightLength() {
        assertThat(written(Template.set(3), 1)).isEqualTo(command("SET", Keys.key(3, 0), "xxx"));
    }

    @Test
    void largeValueFollowsTheHead() {
        assertThat(written(Template.set(LARGE), 1)).isEqualTo(command("SET", Keys.key(LARGE, 0), "x".repeat(LARGE)));
    }

    @Test
    void msetHasAValueForEachKey() {
        assertThat(written(Template.mset(1, 2), 1))
                .isEqualTo(command("MSET", Keys.key(1, 0), "x", Keys.key(1, 0), "x"));
    }

    @Test
    void keysAreDrawnFromAllThatThereAre() {
        int keys = 20;
        List<String> all =
                IntStream.range(0, keys).mapToObj(key -> Keys.key(64, key)).toList();

        String command = written(Template.mget(64, 500), keys);

        assertThat(Pattern.compile("64:\\d+").matcher(command).results().map(MatchResult::group))
                .hasSize(500)
                .containsAll(all)
                .isSubsetOf(all);
    }

    private String written(Template template, int keys) {
        ByteBuf out = Unpooled.buffer();
        template.writeHead(out, random, keys);
        out.writeBytes(template.tail().duplicate());
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static String command(String... words) {
        return new String(PlainRedisClient.encode(PlainRedisClient.bytes(words)), StandardCharsets.US_ASCII);
    }
}
