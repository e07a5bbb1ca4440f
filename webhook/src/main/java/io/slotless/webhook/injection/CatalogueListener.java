package io.slotless.webhook.injection;

import java.util.List;

/** Hears that a {@link Catalogue} has changed: a decision may now be another. Called on any thread; must not block. */
public interface CatalogueListener {

    /** Something has changed that decisions depend on; the catalogue already says so. */
    void changed();

    /** The labels or annotations of a namespace, too; or it is new. */
    default void namespaceChanged(String namespace) {
        changed();
    }

    /** Tells several, in order. */
    static CatalogueListener all(List<CatalogueListener> listeners) {
        List<CatalogueListener> copy = List.copyOf(listeners);
        return new CatalogueListener() {
            @Override
            public void changed() {
                copy.forEach(CatalogueListener::changed);
            }

            @Override
            public void namespaceChanged(String namespace) {
                copy.forEach(listener -> listener.namespaceChanged(namespace));
            }
        };
    }
}
