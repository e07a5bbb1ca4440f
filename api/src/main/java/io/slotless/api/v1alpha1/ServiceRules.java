package io.slotless.api.v1alpha1;

import static io.slotless.api.v1alpha1.DestinationRules.DURATION;
import static io.slotless.api.v1alpha1.DestinationRules.HOST;
import static io.slotless.api.v1alpha1.Rule.matches;
import static io.slotless.api.v1alpha1.Rule.optionalMatch;
import static io.slotless.api.v1alpha1.Rule.optionalRange;
import static io.slotless.api.v1alpha1.Rule.required;
import static io.slotless.api.v1alpha1.Rule.requiredMatch;

import java.util.List;
import java.util.regex.Pattern;

/** What must hold of a RedisService. */
final class ServiceRules {

    static final String HOSTS = "write at least one host that clients connect to, such as"
            + " redis-cluster.redis.svc.cluster.local, without scheme and port";
    static final String ROUTE = "write the route: the host that these commands go to";
    static final String ROUTE_PORT = "must be from 0 to 65535; 0 means that it is looked up";
    static final String UINT32 = "must be from 0 to 4294967295";
    static final String PERCENTAGE_MISSING = "write the percentage, such as {value: 50}";
    static final String PERCENTAGE = "must be from 0 to 100";
    static final String DELAY = "DELAY needs a delay, such as 500ms";

    private static final String ANCHORED_HOST = "^" + DnsName.HOST + "$";
    private static final Pattern A_HOST = Pattern.compile(ANCHORED_HOST);
    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    static final List<Rule<?>> ALL = List.of(
            new Rule<>(
                    RedisServiceSpec.class,
                    ".host",
                    "has(self.host) && self.host.size() > 0 && self.host.all(h, " + matches("h", ANCHORED_HOST) + ")",
                    spec -> !spec.host().isEmpty()
                            && spec.host().stream()
                                    .allMatch(h -> A_HOST.matcher(h).matches()),
                    HOSTS),
            DestinationRules.positiveDuration(RedisServiceSettings.class, "opTimeout", RedisServiceSettings::opTimeout),
            optionalMatch(
                    RedisServiceSettings.class,
                    "bufferFlushTimeout",
                    RedisServiceSettings::bufferFlushTimeout,
                    GoDuration.PATTERN,
                    DURATION),
            optionalRange(
                    RedisServiceSettings.class,
                    "maxBufferSizeBeforeFlush",
                    RedisServiceSettings::maxBufferSizeBeforeFlush,
                    0,
                    MAX_UINT32,
                    UINT32),
            optionalRange(
                    RedisServiceSettings.class,
                    "maxUpstreamUnknownConnections",
                    RedisServiceSettings::maxUpstreamUnknownConnections,
                    0,
                    MAX_UINT32,
                    UINT32),
            required(RedisRoute.class, "route", RedisRoute::route, ROUTE),
            requiredMatch(RouteTarget.class, "host", RouteTarget::host, ANCHORED_HOST, HOST),
            optionalRange(RouteTarget.class, "port", RouteTarget::port, 0, 65_535, ROUTE_PORT),
            required(Mirror.class, "route", Mirror::route, ROUTE),
            required(Mirror.class, "percentage", Mirror::percentage, PERCENTAGE_MISSING),
            new Rule<>(
                    Percentage.class,
                    ".value",
                    "!has(self.value) || (self.value >= 0.0 && self.value <= 100.0)",
                    share -> share.value() == null || (share.value() >= 0 && share.value() <= 100),
                    PERCENTAGE),
            required(Fault.class, "percentage", Fault::percentage, PERCENTAGE_MISSING),
            optionalMatch(Fault.class, "delay", Fault::delay, GoDuration.PATTERN, DURATION),
            new Rule<>(
                    Fault.class,
                    ".delay",
                    "has(self.delay) || (has(self.type) && self.type != 'DELAY')",
                    fault -> fault.delay() != null || (fault.type() != null && fault.type() != FaultType.DELAY),
                    DELAY));

    private ServiceRules() {}
}
