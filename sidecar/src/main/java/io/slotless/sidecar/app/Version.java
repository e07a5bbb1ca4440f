package io.slotless.sidecar.app;

import java.util.Objects;

/** The version of the program. */
final class Version {

    /** As the manifest of our jar says; a program that was not packaged has none. */
    static final String OF_THIS =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unpackaged");

    private Version() {}
}
