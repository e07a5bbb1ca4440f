package io.slotless.benchmark.footprint;

import io.slotless.benchmark.document.MarkedDocument;
import io.slotless.fixture.process.Java;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The benchmark's program: see docs/benchmarks.md. */
public final class FootprintBenchmark {

    private static final String HELP = """
            Usage: integration-tests/benchmark footprint [OPTION]... [[NAME=]LAYERS[,JVM OPTION]...]...

            Starts sidecars in turns: how soon they serve, what memory they take before and after some load, what CPU when idle.
            LAYERS is what images/layers made of the sidecar, in place; several are compared. Without one, the JVM that runs
            this and sidecar/target/slotless. Say how busy the machine is otherwise: it all runs on the same one.

              --rounds=N          starts of each (5)
              --destinations=LIST how many RedisDestinations there are, one after the other (1,10)
              --idle=SECONDS      how long to look at an idle one in the last round (60)
              --settle=SECONDS    before memory is read (5)
              --limit=SIZE        memory of the container (256m)
              --envoy=PATH        Envoy, to be measured beside them
              --document          write the table into docs/benchmarks.md, too
            """;

    private FootprintBenchmark() {}

    public static void main(String[] arguments) {
        Options options = Options.parse(arguments);
        if (options == null) {
            System.err.print(HELP);
            System.exit(2);
            return;
        }
        List<String> rows = new ArrayList<>();
        options.destinations().forEach(destinations -> rows.addAll(compare(options, destinations)));
        String table = FootprintTable.of(rows);
        System.out.print("\n" + table);
        if (options.document()) {
            MarkedDocument.write(Java.root().resolve("docs/benchmarks.md"), "footprint", table);
        }
        System.exit(0);
    }

    private static List<String> compare(Options options, int destinations) {
        Path log = Java.work().resolve("benchmark-footprint.log");
        try (FootprintStage stage = new FootprintStage(destinations)) {
            Map<Subject, List<Footprint>> seen = new LinkedHashMap<>();
            subjects(options, stage).forEach(subject -> seen.put(subject, new ArrayList<>()));
            for (int round = 1; round <= options.rounds(); round++) {
                Measurement measurement =
                        new Measurement(options.settle(), round == options.rounds() ? options.idle() : Duration.ZERO);
                seen.forEach((subject, footprints) -> {
                    Footprint footprint = measurement.of(subject, log);
                    footprints.add(footprint);
                    System.out.println(footprint.row(subject.name()));
                });
            }
            return seen.entrySet().stream()
                    .map(entry -> Footprint.median(entry.getValue())
                            .row(entry.getKey().name() + " | "
                                    + (entry.getKey() instanceof EnvoySubject ? 1 : destinations)))
                    .toList();
        }
    }

    private static List<Subject> subjects(Options options, FootprintStage stage) {
        List<Subject> subjects = new ArrayList<>();
        options.layers().forEach(each -> subjects.add(SidecarSubject.image(each, options.limit(), stage)));
        if (options.layers().isEmpty()) {
            subjects.add(SidecarSubject.plain(options.limit(), stage));
        }
        if (!options.envoy().isEmpty()) {
            subjects.add(new EnvoySubject(Path.of(options.envoy()), stage));
        }
        return subjects;
    }
}
