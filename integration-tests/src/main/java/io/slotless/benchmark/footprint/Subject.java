package io.slotless.benchmark.footprint;

import io.slotless.fixture.process.ChildProcess;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A program to be measured; stands in front of Redis. */
interface Subject {

    /** How the table calls it. */
    String name();

    /** Starts it; does not wait. */
    ChildProcess start(Path log);

    /** Where it accepts clients. */
    InetSocketAddress address();

    /** Whether it says that it is ready; asked again until it does. */
    boolean isReady();
}
