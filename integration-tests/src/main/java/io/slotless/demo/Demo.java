package io.slotless.demo;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The demo's program: see {@code ./demo --help}. */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) throws InterruptedException {
        Screen screen = new Screen(System.out, Boolean.getBoolean("slotless.demo.colour"));
        System.exit(run(screen, List.of(arguments).contains("--stay")) ? 0 : 1);
    }

    private static boolean run(Screen screen, boolean stay) throws InterruptedException {
        screen.say("Starting seven Redis servers, an API server, DNS and the webhook ...");
        try (DemoStage stage = new DemoStage()) {
            try {
                new Story(stage, screen).tell();
            } catch (RuntimeException e) {
                screen.error("\nThe demo FAILED: " + (e instanceof DemoFailure ? e.getMessage() : e));
                screen.detail(stage.logTails());
                return false;
            }
            screen.blank();
            screen.good("All as said, after " + screen.elapsed() + ".");
            if (stay) {
                stay(stage, screen);
            } else if (stage.isNoted()) {
                screen.detail("Noting what both programs have loaded, so that they start faster the next time ...");
            }
            return true;
        } catch (RuntimeException e) {
            screen.error("\nThe demo could not start: " + e.getMessage());
            return false;
        }
    }

    private static void stay(DemoStage stage, Screen screen) throws InterruptedException {
        screen.blank();
        screen.say("It stays up until Ctrl-C. In another terminal, the cluster through the sidecar:");
        screen.command("$", "redis-cli -h 127.0.0.1 -p " + stage.port() + " SET hello world");
        screen.say("a node of the cluster itself:");
        screen.command(
                "$",
                "redis-cli -h " + stage.cluster().primaryOf(0).address().getHostString() + " -p " + stage.port()
                        + " CLUSTER NODES");
        screen.say("and the objects:");
        screen.command("$", "curl " + stage.api().url() + "/apis/redis.aeraki.io/v1alpha1/redisdestinations");
        screen.detail("logs are in " + stage.logs());
        new CountDownLatch(1).await();
    }
}
