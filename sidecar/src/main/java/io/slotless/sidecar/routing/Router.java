package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;

/**
 * Decides where a command goes. Pure: it knows neither connections nor clocks. Instances reuse their working memory and
 * serve one thread; the frame is only looked at during the call.
 */
public interface Router {

    /** The route of a command. */
    Route route(CommandFrame frame);

    /** The table it looks commands up in. */
    CommandTable table();
}
