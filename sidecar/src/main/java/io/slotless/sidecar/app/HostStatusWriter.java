package io.slotless.sidecar.app;

import io.slotless.api.status.DestinationVersion;
import io.slotless.api.status.HostStatus;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.destination.Reading;
import io.slotless.sidecar.upstream.ServerState;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Puts into words for others where a host stands, and remembers since when it says so. */
final class HostStatusWriter {

    private final InstantSource clock;
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    HostStatusWriter(InstantSource clock) {
        this.clock = clock;
    }

    /** @param servers what the servers of the host say */
    HostStatus write(HostReport report, ServerState servers) {
        Verdict verdict = verdict(report, servers);
        String host = report.host().host();
        Told since = told.compute(
                host,
                (name, before) -> before != null && before.is(verdict)
                        ? before
                        : new Told(
                                verdict.ready(),
                                verdict.reason(),
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        ServerState.Answering answering =
                servers instanceof ServerState.Answering known ? known : new ServerState.Answering(0, 0, false);
        return new HostStatus(
                host,
                report.state().read().map(HostStatusWriter::version).orElse(null),
                report.state()
                        .config()
                        .map(DestinationConfig::mode)
                        .map(HostStatusWriter::mode)
                        .orElse(null),
                answering.shards(),
                answering.nodes(),
                verdict.ready(),
                verdict.reason(),
                verdict.message(),
                since.since());
    }

    private static Verdict verdict(HostReport report, ServerState servers) {
        Reading obstacle = report.state().obstacle().orElse(null);
        if (report.stopping()) {
            return Verdict.no("Stopping", "the sidecar is on its way out");
        }
        if (obstacle instanceof Reading.Invalid invalid) {
            return Verdict.no("Invalid", String.join("; ", invalid.problems()));
        }
        if (obstacle instanceof Reading.Waiting waiting) {
            return Verdict.no("Waiting", "waits for " + waiting.reason());
        }
        return report.listens() ? verdict(servers) : Verdict.no("NotListening", report.toString());
    }

    private static Verdict verdict(ServerState servers) {
        if (servers instanceof ServerState.Failing failing) {
            return Verdict.no(failing.reason(), failing.message());
        }
        if (servers instanceof ServerState.Answering answering) {
            return answering.allSlots()
                    ? Verdict.yes("Serving", "Redis answers")
                    : Verdict.no("SlotsNotServed", "the cluster does not serve all of its slots");
        }
        return servers instanceof ServerState.AsksClientsToAuthenticate
                ? Verdict.yes(
                        "ClientsMustAuthenticate", "Redis wants a password, and auth is not set: clients bring theirs")
                : Verdict.no("Connecting", "no server has answered yet");
    }

    private static DestinationVersion version(ObjectMetadata read) {
        return new DestinationVersion(read.namespace(), read.name(), read.uid(), read.generation());
    }

    private static RedisMode mode(Mode mode) {
        return switch (mode) {
            case PROXY -> RedisMode.PROXY;
            case CLUSTER -> RedisMode.CLUSTER;
        };
    }

    private record Verdict(boolean ready, String reason, String message) {
        static Verdict yes(String reason, String message) {
            return new Verdict(true, reason, message);
        }

        static Verdict no(String reason, String message) {
            return new Verdict(false, reason, message);
        }
    }

    private record Told(boolean ready, String reason, String since) {
        boolean is(Verdict verdict) {
            return ready == verdict.ready() && reason.equals(verdict.reason());
        }
    }
}
