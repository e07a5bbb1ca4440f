package io.slotless.webhook.injection;

import java.util.OptionalInt;

/**
 * A place in a text that names a host.
 *
 * @param start where the host begins in the text
 * @param end where it ends, without the port
 * @param host the host as written
 * @param port the port written after it
 * @param unmistakable its form says that it is a host: a URL, a port or a dot. The word {@code redis} alone may as well be
 *     the kind of a cache
 */
record HostReference(int start, int end, String host, OptionalInt port, boolean unmistakable) {}
