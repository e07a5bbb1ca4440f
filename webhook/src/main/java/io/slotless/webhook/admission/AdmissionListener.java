package io.slotless.webhook.admission;

import java.util.List;

/** Hears of every admission; called on the thread that answers it, before the answer is sent. */
@FunctionalInterface
public interface AdmissionListener {

    void admitted(Admission admission);

    /** Tells several, in order. */
    static AdmissionListener all(List<AdmissionListener> listeners) {
        List<AdmissionListener> copy = List.copyOf(listeners);
        return admission -> copy.forEach(listener -> listener.admitted(admission));
    }
}
