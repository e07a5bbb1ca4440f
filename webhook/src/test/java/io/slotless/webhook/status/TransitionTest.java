package io.slotless.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {

    private static final Acceptance CONFLICT = new Acceptance.Refused("Conflict", "older is");

    private RedisDestinationStatus before;

    @Test
    void whatTurnsIsToldOnce() {
        assertThat(next(List.of())).isEmpty();
        assertThat(next(Facts.told(Facts.serving()))).containsExactly("NORMAL Ready: 3 shards, 6 nodes");
        assertThat(next(Facts.told(Facts.serving()))).isEmpty();
        assertThat(next(Facts.told(Facts.failing("Timeout", "late"))))
                .containsExactly("WARNING NotReady: Timeout: shop/a: late");
        assertThat(next(Facts.told(Facts.failing("CannotConnect", "refused")))).isEmpty();
        assertThat(next(Facts.told(Facts.serving()))).containsExactly("NORMAL Ready: 3 shards, 6 nodes");
        assertThat(next(List.of(new SidecarAnswer.Silent("shop/a", "gone"))))
                .containsExactly("WARNING SidecarsUnreachable: shop/a: gone");
        assertThat(next(List.of(new SidecarAnswer.Silent("shop/a", "gone")))).isEmpty();
    }

    @Test
    void modeIsToldWhenSidecarsHaveChangedIt() {
        assertThat(next(Facts.told(Facts.behind(6)))).isEmpty();
        assertThat(next(Facts.told(Facts.serving())))
                .containsExactly("NORMAL ModeChanged: PROXY → CLUSTER", "NORMAL Ready: 3 shards, 6 nodes");
    }

    @Test
    void refusalIsAWarningWithItsReason() {
        next(Facts.told(Facts.serving()));
        assertThat(next(CONFLICT)).containsExactly("WARNING Conflict: older is");
        assertThat(next(CONFLICT)).isEmpty();
        assertThat(next(new Acceptance.Refused("Invalid", "spec.host: no")))
                .containsExactly("WARNING Invalid: spec.host: no");
        assertThat(next(Facts.told(Facts.serving()))).containsExactly("NORMAL Ready: 3 shards, 6 nodes");
    }

    private List<String> next(List<SidecarAnswer> answers) {
        return next(Facts.ACCEPTED, answers);
    }

    private List<String> next(Acceptance acceptance) {
        return next(acceptance, List.of());
    }

    private List<String> next(Acceptance acceptance, List<SidecarAnswer> answers) {
        RedisDestinationStatus after =
                StatusRules.status(Facts.destination(), acceptance, answers, before, Instant.EPOCH);
        List<Transition> news = Transition.between(before, after);
        before = after;
        return news.stream()
                .map(each -> each.type() + " " + each.reason() + ": " + each.message())
                .toList();
    }
}
