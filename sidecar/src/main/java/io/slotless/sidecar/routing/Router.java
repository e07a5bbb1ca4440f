package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a command goes. Pure: it knows neither connections nor clocks. Instances reuse their working memory and
 * serve one thread; the frame is only looked at during the call.
 */
public interface Router {

    /** The route of a command; to be carried out before the next is asked for. */
    Route route(CommandFrame frame);

    /** The command that was routed last; null when it was unknown. */
    @Nullable
    Command last();

    /** The table it looks commands up in. */
    CommandTable table();
}
