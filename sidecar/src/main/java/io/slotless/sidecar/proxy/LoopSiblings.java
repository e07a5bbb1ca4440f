package io.slotless.sidecar.proxy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** {@link Siblings} by messages between event loops. */
final class LoopSiblings implements Siblings {

    private final String host;
    private final Context own;
    private final List<ProxyVerticle> loops;

    /**
     * @param own that of who asks
     * @param loops all of them
     */
    LoopSiblings(String host, Context own, List<ProxyVerticle> loops) {
        this.host = host;
        this.own = own;
        this.loops = loops;
    }

    @Override
    public boolean areNone() {
        return loops.size() == 1;
    }

    @Override
    public <T> void ask(Function<Destination, T> question, Consumer<List<T>> then) {
        Future.all(loops.stream().map(loop -> loop.ask(host, question)).toList())
                .map(answers ->
                        answers.<T>list().stream().filter(Objects::nonNull).toList())
                // A loop that has ended has no clients.
                .otherwise(List.of())
                .onSuccess(answers -> own.runOnContext(ignored -> then.accept(answers)));
    }
}
