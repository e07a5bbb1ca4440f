package io.slotless.it.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.Protocol;

/** Redisson as it is set up for a single server; each client is an application of its own. */
final class RedissonClients implements AutoCloseable {

    /** Short, so that a test sees it work: a lock lives that long when its holder is gone. */
    static final long WATCHDOG_MILLIS = 1500;

    private final Target target;
    private final Protocol protocol;
    private final List<RedissonClient> open = new ArrayList<>();

    RedissonClients(Target target, Protocol protocol) {
        this.target = target;
        this.protocol = protocol;
    }

    /** What Redisson's suites run on. */
    static Stream<Arguments> targets() {
        return Target.PLAIN.stream()
                .flatMap(target -> Stream.of(Protocol.values()).map(protocol -> Arguments.of(target, protocol)));
    }

    RedissonClient connect() {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.setProtocol(protocol);
        config.setLockWatchdogTimeout(WATCHDOG_MILLIS);
        config.useSingleServer()
                .setAddress("redis://" + target.host() + ":" + target.port())
                .setClientName("suite")
                .setConnectionMinimumIdleSize(2)
                .setConnectionPoolSize(8);
        RedissonClient client = Redisson.create(config);
        open.add(client);
        return client;
    }

    @Override
    public void close() {
        open.forEach(client -> client.shutdown(0, 5, TimeUnit.SECONDS));
    }
}
