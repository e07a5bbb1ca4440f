package io.slotless.demo;

import java.io.PrintStream;
import java.time.Duration;

/** What the reader sees; in colours if asked for. */
final class Screen {

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String CYAN = "\u001b[36m";

    private final PrintStream out;
    private final boolean coloured;
    private final long start = System.nanoTime();
    private int step;

    Screen(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** The next chapter. */
    void step(String title) {
        step++;
        out.printf("%n%s%n", paint(BOLD, step + ". " + title));
    }

    /** What the reader should know before the next line. */
    void say(String text) {
        text.lines().forEach(line -> out.println("   " + line));
    }

    void detail(String text) {
        text.lines().forEach(line -> out.println("   " + paint(DIM, line)));
    }

    /** A command of a user and what came of it. */
    void command(String prompt, String command) {
        out.println("   " + paint(CYAN, prompt + " ") + paint(BOLD, command));
    }

    void error(String reply) {
        reply.lines().forEach(line -> out.println("   " + paint(RED, line)));
    }

    void good(String reply) {
        reply.lines().forEach(line -> out.println("   " + paint(GREEN, line)));
    }

    void added(String line) {
        out.println("   " + paint(GREEN, line));
    }

    void removed(String line) {
        out.println("   " + paint(RED, line));
    }

    void blank() {
        out.println();
    }

    /** Since the demo's start. */
    String elapsed() {
        return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    }

    private String paint(String colour, String text) {
        return coloured ? colour + text + RESET : text;
    }
}
