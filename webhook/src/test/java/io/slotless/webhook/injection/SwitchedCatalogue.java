package io.slotless.webhook.injection;

import java.util.Collection;
import java.util.Optional;

/** A catalogue that becomes another when a test says so. */
public final class SwitchedCatalogue implements Catalogue {

    private volatile Catalogue now;

    public SwitchedCatalogue(Catalogue first) {
        this.now = first;
    }

    public void become(Catalogue other) {
        now = other;
    }

    @Override
    public Optional<Namespace> namespace(String name) {
        return now.namespace(name);
    }

    @Override
    public Optional<Service> service(ServiceName name) {
        return now.service(name);
    }

    @Override
    public Collection<Destination> destinations(String namespace) {
        return now.destinations(namespace);
    }

    @Override
    public boolean supportsNativeSidecars() {
        return now.supportsNativeSidecars();
    }
}
