package io.slotless.webhook.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderTasksTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void eachIsStartedAndStoppedOnceForEachLead() {
        LeaderTasks tasks = new LeaderTasks(List.of(task("a"), task("b")));

        tasks.stop();
        tasks.start();
        tasks.start();
        tasks.stop();
        tasks.stop();
        tasks.start();

        assertThat(calls).containsExactly("start a", "start b", "stop a", "stop b", "start a", "start b");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromStarting() {
        LeaderTask failing = new LeaderTask() {
            @Override
            public void start() {
                throw new IllegalStateException("cannot start");
            }

            @Override
            public void stop() {
                throw new IllegalStateException("cannot stop");
            }
        };
        LeaderTasks tasks = new LeaderTasks(List.of(failing, task("b")));

        tasks.start();
        tasks.stop();

        assertThat(calls).containsExactly("start b", "stop b");
    }

    private LeaderTask task(String name) {
        return new LeaderTask() {
            @Override
            public void start() {
                calls.add("start " + name);
            }

            @Override
            public void stop() {
                calls.add("stop " + name);
            }
        };
    }
}
