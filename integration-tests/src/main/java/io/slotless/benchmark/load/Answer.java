package io.slotless.benchmark.load;

import org.jspecify.annotations.Nullable;

/**
 * What the generator says after a load: one of the two.
 *
 * @param result what came out of it
 * @param failure why nothing did
 */
record Answer(@Nullable LoadResult result, @Nullable String failure) {

    static Answer of(LoadResult result) {
        return result.commands() == 0 ? new Answer(null, "no command was answered") : new Answer(result, null);
    }

    static Answer failed(@Nullable Throwable cause) {
        return new Answer(null, String.valueOf(cause));
    }
}
