package io.slotless.benchmark.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The status of each RedisDestination, by its number, as JSON; written by a webhook that leads. */
final class Statuses {

    /** What a leader says where no pod has the sidecar. */
    private static final String TRUE = """
            {"observedGeneration": 1, "mode": "CLUSTER", "conditions": [\
            {"type": "Accepted", "status": "True", "reason": "Accepted", "message": "it counts for its host", \
            "observedGeneration": 1, "lastTransitionTime": "%1$s"}, \
            {"type": "Ready", "status": "Unknown", "reason": "NoSidecar", "message": "no running pod uses it yet", \
            "observedGeneration": 1, "lastTransitionTime": "%1$s"}]}""";

    /** As many as a leader writes in a second. */
    private static final int PER_SECOND = 50;

    private static final String NONE = "{}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicReferenceArray<String> all;
    private final AtomicInteger written = new AtomicInteger();

    Statuses(int destinations, Role role) {
        all = new AtomicReferenceArray<>(destinations);
        for (int number = 0; number < destinations; number++) {
            all.set(number, role == Role.FIRST_LEADER ? NONE : TRUE.formatted(FilledCluster.time(number / PER_SECOND)));
        }
    }

    String of(int number) {
        return all.get(number);
    }

    /**
     * Takes what a request to change a status brings.
     *
     * @return which RedisDestination's
     */
    int write(byte[] body) throws IOException {
        JsonNode change = JSON.readTree(body);
        int number = FilledCluster.number(
                change.at("/metadata/namespace").asText(),
                change.at("/metadata/name").asText());
        all.set(number, JSON.writeValueAsString(change.path("status")));
        written.incrementAndGet();
        return number;
    }

    /** How many have been written so far, the same one twice if it was. */
    int written() {
        return written.get();
    }
}
