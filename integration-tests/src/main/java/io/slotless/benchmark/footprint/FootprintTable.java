package io.slotless.benchmark.footprint;

import java.util.List;

/** The table in docs/benchmarks.md. */
final class FootprintTable {

    private static final String HEAD = """
            | | RedisDestinations | serves after | CPU until then | ready after | PSS | of it anonymous | PSS after load | of it anonymous | CPU idle |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;

    private FootprintTable() {}

    static String of(List<String> rows) {
        return HEAD + String.join("\n", rows) + "\n";
    }
}
