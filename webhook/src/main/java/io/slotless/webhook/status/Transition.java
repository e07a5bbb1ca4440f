package io.slotless.webhook.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.event.EventType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News about a RedisDestination: what {@code kubectl describe} shows as an event.
 *
 * @param reason one UpperCamelCase word
 */
record Transition(EventType type, String reason, String message) {

    /** What has changed from one status to the next; nothing where only words have. */
    static List<Transition> between(@Nullable RedisDestinationStatus before, RedisDestinationStatus after) {
        List<Transition> news = new ArrayList<>();
        Condition accepted = StatusRules.condition(after, StatusRules.ACCEPTED);
        Condition ready = StatusRules.condition(after, StatusRules.READY);
        if (accepted != null
                && !Readiness.TRUE.equals(accepted.getStatus())
                && differs(StatusRules.condition(before, StatusRules.ACCEPTED), accepted)) {
            news.add(new Transition(EventType.WARNING, accepted.getReason(), accepted.getMessage()));
        }
        if (before != null && before.mode() != null && after.mode() != null && before.mode() != after.mode()) {
            news.add(new Transition(EventType.NORMAL, "ModeChanged", before.mode() + " → " + after.mode()));
        }
        if (ready != null && !"NotAccepted".equals(ready.getReason())) {
            ready(StatusRules.condition(before, StatusRules.READY), ready, news);
        }
        return news;
    }

    private static void ready(@Nullable Condition before, Condition ready, List<Transition> news) {
        boolean turned = before == null || !before.getStatus().equals(ready.getStatus());
        if (turned && Readiness.TRUE.equals(ready.getStatus())) {
            news.add(new Transition(EventType.NORMAL, "Ready", ready.getMessage()));
        } else if (turned && Readiness.FALSE.equals(ready.getStatus())) {
            news.add(new Transition(EventType.WARNING, "NotReady", ready.getReason() + ": " + ready.getMessage()));
        } else if (Readiness.UNREACHABLE.equals(ready.getReason()) && differs(before, ready)) {
            news.add(new Transition(EventType.WARNING, ready.getReason(), ready.getMessage()));
        }
    }

    private static boolean differs(@Nullable Condition before, Condition after) {
        return before == null
                || !before.getStatus().equals(after.getStatus())
                || !after.getReason().equals(before.getReason());
    }
}
