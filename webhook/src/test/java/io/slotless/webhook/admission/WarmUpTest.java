package io.slotless.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.webhook.injection.TestPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private final List<Admission> heard = new ArrayList<>();
    private int connections;
    private final WarmUp warmUp = new WarmUp(
            catalogue -> new AdmissionReviewer(
                    new PatientDecider(
                            TestPods.DECIDER,
                            catalogue,
                            () -> true,
                            new Patience(Duration.ZERO, Duration.ZERO, System::nanoTime)),
                    TestPods.INJECTOR,
                    heard::add,
                    new ObjectMapper(),
                    System::nanoTime),
            () -> connections++);

    @Test
    void goesTheWholeWayOfAPodThatGetsASidecar() {
        assertThat(warmUp.isDone()).isFalse();
        warmUp.run();
        assertThat(warmUp.isDone()).isTrue();
        assertThat(heard).isNotEmpty().allSatisfy(admission -> assertThat(admission.result())
                .isEqualTo(AdmissionResult.INJECTED));
        assertThat(connections).isPositive();
    }
}
