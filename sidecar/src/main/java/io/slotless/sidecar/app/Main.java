package io.slotless.sidecar.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jspecify.annotations.Nullable;

/** The program. */
@QuarkusMain
public final class Main {

    private static final String USAGE = """
            Slotless sidecar: makes the deployment mode of Redis invisible to plain Redis clients.

              SLOTLESS_BOOTSTRAP=<JSON> java -jar quarkus-run.jar     in a pod; the webhook sets it
              SLOTLESS_DIRECTORY=<folder> java -jar quarkus-run.jar   serves each RedisDestination in the folder's
                                                                      YAML files on 127.0.0.1

            Settings are environment variables or system properties: see docs/configuration.md.""";

    private Main() {}

    /** Runs until it is told to stop; takes no arguments. */
    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run(null, Main::exit, arguments);
        } else if (arguments[0].equals("--help") || arguments[0].equals("-h")) {
            System.out.println(USAGE);
        } else {
            System.err.println("slotless: unknown argument: " + arguments[0] + "; try --help");
            System.exit(2);
        }
    }

    private static void exit(Integer code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println(StartFailure.describe(failure));
        }
        System.exit(code);
    }
}
