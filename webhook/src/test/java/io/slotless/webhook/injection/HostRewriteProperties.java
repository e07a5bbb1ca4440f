package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HostRewriteProperties {

    private static final String ENV = "REDIS_URL";
    private static final String ADDRESS = "127.0.0.7";
    private static final List<String> SPELLINGS = TestPods.DNS.spellings(
            new RedisHost("cache.shop.svc.cluster.local", new ServiceName("shop", "cache")), "shop");
    private static final TakenHost CACHE = new TakenHost(
            new RedisHost("cache.shop.svc.cluster.local", new ServiceName("shop", "cache")),
            SPELLINGS,
            ADDRESS,
            6379,
            6379,
            "shop",
            null);

    private final HostRewrite auto = new HostRewrite(new EnvRewrite.Auto(), List.of(CACHE));
    private final HostRewrite off = new HostRewrite(new EnvRewrite.Off(), List.of(CACHE));

    /** The oracle: a value is put together from parts that we know, so we know what must become of it. */
    @Property
    void onlyHostsChange(@ForAll("values") Value value) {
        assertThat(auto.apply(ENV, value.before())).isEqualTo(value.after());
    }

    @Property
    void rewritingTwiceIsRewritingOnce(@ForAll("values") Value value) {
        String once = auto.apply(ENV, value.before());

        assertThat(auto.apply(ENV, once)).isEqualTo(once);
    }

    @Property
    void valueWithoutTheHostIsLeftAlone(@ForAll String value) {
        if (SPELLINGS.stream().noneMatch(value.toLowerCase(Locale.ROOT)::contains)) {
            assertThat(auto.apply(ENV, value)).isEqualTo(value);
        }
    }

    @Property
    void noTextBreaksIt(@ForAll("confusing") String value) {
        String rewritten = auto.apply(ENV, value);

        assertThat(rewritten.replace(ADDRESS, "")).hasSizeLessThanOrEqualTo(value.length());
        assertThat(off.apply(ENV, value)).isEqualTo(value);
    }

    /** A value and what it must become. */
    record Value(String before, String after) {
        Value then(String separator, Value next) {
            return new Value(before + separator + next.before, after + separator + next.after);
        }

        Value within(String prefix, String suffix) {
            return new Value(prefix + before + suffix, prefix + after + suffix);
        }
    }

    /** Lists of hosts, then of URLs: what follows a URL after a comma may be a host of that URL. */
    @Provide
    Arbitrary<Value> values() {
        Arbitrary<List<Value>> hosts = hostAndPort().list().ofMaxSize(3);
        Arbitrary<List<Value>> urls = url().list().ofMaxSize(3);
        Arbitrary<String> comma = Arbitraries.of(",", ", ", " ,");
        return Combinators.combine(hosts, urls, comma)
                .as((first, then, separator) -> Stream.concat(first.stream(), then.stream())
                        .reduce((left, right) -> left.then(separator, right))
                        .orElse(new Value("", "")));
    }

    private static Arbitrary<Value> hostAndPort() {
        Arbitrary<Value> host = Arbitraries.oneOf(
                Arbitraries.of(SPELLINGS).map(name -> new Value(name, ADDRESS)),
                Arbitraries.of(SPELLINGS).map(name -> new Value(name.toUpperCase(Locale.ROOT), ADDRESS)),
                Arbitraries.of("other", "cache2", "cache.redis", "xcache", "127.0.0.1")
                        .map(name -> new Value(name, name)));
        Arbitrary<String> port = Arbitraries.of("", ":6379");
        Arbitrary<Value> served = Combinators.combine(host, port).as((value, suffix) -> value.within("", suffix));
        Arbitrary<Value> notServed = Arbitraries.of(SPELLINGS).map(name -> new Value(name + ":16379", name + ":16379"));
        return Arbitraries.oneOf(served, notServed);
    }

    private static Arbitrary<Value> url() {
        Arbitrary<String> user =
                Arbitraries.of("", "u:p@", ":cache@", "cache:cache@", "u:p@ss@", "u:a,b@", "default:@");
        Arbitrary<String> path = Arbitraries.of("", "/", "/0", "/0?host=cache", "?a=cache.shop:6379", "#cache");
        Arbitrary<String> scheme = Arbitraries.of("redis://", "REDIS://");
        return Combinators.combine(scheme, user, hostAndPort(), path)
                .as((start, credentials, host, rest) -> host.within(start + credentials, rest));
    }

    @Provide
    Arbitrary<String> confusing() {
        return Arbitraries.of(Set.of(
                        "redis://",
                        "rediss://",
                        "cache",
                        "cache.shop",
                        ":6379",
                        ":",
                        "@",
                        ",",
                        "/",
                        " ",
                        "?",
                        ".",
                        "$(X)",
                        "é"))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
