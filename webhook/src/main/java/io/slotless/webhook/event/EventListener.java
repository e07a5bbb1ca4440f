package io.slotless.webhook.event;

/** Hears what became of each event; called on any thread. */
@FunctionalInterface
public interface EventListener {

    void ended(EventOutcome outcome);
}
