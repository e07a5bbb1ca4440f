package io.slotless.sidecar.app;

/** The program. */
public final class Main {

    private static final String USAGE = """
            Slotless sidecar: makes the deployment mode of Redis invisible to plain Redis clients.

              SLOTLESS_BOOTSTRAP=<JSON> java -jar slotless-sidecar.jar     in a pod; the webhook sets it
              SLOTLESS_DIRECTORY=<folder> java -jar slotless-sidecar.jar   serves each RedisDestination in the folder's
                                                                           YAML files on 127.0.0.1

            Settings are environment variables or system properties: see docs/configuration.md.""";

    private Main() {}

    /** Runs until it is told to stop; takes no arguments. */
    public static void main(String... arguments) {
        if (arguments.length == 0) {
            run();
        } else if (arguments[0].equals("--help") || arguments[0].equals("-h")) {
            System.out.println(USAGE);
        } else {
            System.err.println("slotless: unknown argument: " + arguments[0] + "; try --help");
            System.exit(2);
        }
    }

    /** Threads of Vert.x keep the JVM up. */
    private static void run() {
        ConsoleLog.takeOver();
        try {
            SidecarConfig config = SidecarConfig.read(new Settings(System.getProperties(), System.getenv()));
            ConsoleLog.writeFrom(config.logLevel());
            Running running = Running.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "slotless-shutdown"));
        } catch (ConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            System.exit(1);
        }
    }
}
