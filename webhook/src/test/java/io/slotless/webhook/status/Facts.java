package io.slotless.webhook.status;

import io.slotless.api.status.DestinationVersion;
import io.slotless.api.status.HostStatus;
import io.slotless.api.v1alpha1.ConnectionPool;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.TrafficPolicy;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.RedisHost;
import io.slotless.webhook.injection.ServiceName;
import java.util.ArrayList;
import java.util.List;

/** Objects and answers for tests: RedisDestination {@code redis/cache}, mode CLUSTER, generation 7. */
final class Facts {

    static final String HOST = "cache.redis.svc.cluster.local";
    static final Acceptance ACCEPTED = new Acceptance.Accepted(new RedisHost(HOST, new ServiceName("redis", "cache")));

    private Facts() {}

    static Destination destination() {
        return destination("redis", "cache", HOST, RedisMode.CLUSTER);
    }

    static Destination destination(String namespace, String name, String host, RedisMode mode) {
        RedisDestinationSpec spec = new RedisDestinationSpec(
                host,
                null,
                new TrafficPolicy(new ConnectionPool(null, new RedisSettings(mode, null, List.of(), null)), null));
        return new Destination(namespace, name, "uid-of-" + name, "2026-01-01T00:00:00Z", false, 7L, "100", spec, null);
    }

    static HostStatus serving() {
        return new HostStatus(HOST, version(7), RedisMode.CLUSTER, 3, 6, true, "Serving", "Redis answers", null);
    }

    static HostStatus failing(String reason, String message) {
        return new HostStatus(HOST, version(7), RedisMode.CLUSTER, 0, 0, false, reason, message, null);
    }

    static HostStatus behind(long generation) {
        return new HostStatus(HOST, version(generation), RedisMode.PROXY, 1, 1, true, "Serving", "Redis answers", null);
    }

    static HostStatus withoutDestination() {
        return new HostStatus(HOST, null, RedisMode.PROXY, 1, 1, true, "Serving", "Redis answers", null);
    }

    static DestinationVersion version(long generation) {
        return new DestinationVersion("redis", "cache", "uid-of-cache", generation);
    }

    /** From pods {@code shop/a}, {@code shop/b}, … */
    static List<SidecarAnswer> told(HostStatus... all) {
        List<SidecarAnswer> answers = new ArrayList<>();
        for (HostStatus status : all) {
            answers.add(new SidecarAnswer.Told("shop/" + (char) ('a' + answers.size()), status));
        }
        return answers;
    }
}
