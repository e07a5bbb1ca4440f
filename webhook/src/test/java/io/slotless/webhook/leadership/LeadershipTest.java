package io.slotless.webhook.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Replicas of one process, against an API server in memory. */
@EnableKubernetesMockClient(crud = true, https = false)
class LeadershipTest {

    private static final ElectionTimes TIMES =
            new ElectionTimes(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMillis(50));

    KubernetesClient client;

    private final AtomicInteger leaders = new AtomicInteger();

    @Test
    void oneLeadsAndTheNextTakesOverAtOnceWhenItEnds() {
        Leadership first = replica("first");
        first.start();
        await().until(first::isLeading);
        Leadership second = replica("second");
        second.start();
        try (second) {
            await().until(() -> leaders.get() == 1);
            assertThat(second.isLeading()).isFalse();

            first.close();

            // Long before the lease of a minute has run out.
            await().until(second::isLeading);
            await().until(() -> leaders.get() == 1);
        }
        assertThat(leaders).hasValue(0);
    }

    @Test
    void whoLosesTheLeaseStopsAndStandsAgain() {
        try (Leadership only = replica("only")) {
            only.start();
            await().until(() -> leaders.get() == 1);

            held("another");
            await().until(() -> !only.isLeading() && leaders.get() == 0);

            held("");
            await().until(() -> only.isLeading() && leaders.get() == 1);
        }
    }

    private void held(String by) {
        client.leases()
                .inNamespace("system")
                .withName("leader")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"" + by + "\"}}");
    }

    private Leadership replica(String identity) {
        LeaderTask task = new LeaderTask() {
            @Override
            public void start() {
                leaders.incrementAndGet();
            }

            @Override
            public void stop() {
                leaders.decrementAndGet();
            }
        };
        return new Leadership(client, new LeaseLock("system", "leader", identity), TIMES, List.of(task));
    }
}
