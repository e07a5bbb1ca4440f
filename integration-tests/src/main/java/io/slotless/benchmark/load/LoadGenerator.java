package io.slotless.benchmark.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link Generator}, seen from the program that needs load. It ends with us, however we end. For one thread at a time. */
public final class LoadGenerator implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;

    private LoadGenerator(Process process) {
        this.process = process;
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it on the JVM that runs us, with our class path. */
    public static LoadGenerator start() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Generator.class.getName());
        try {
            return new LoadGenerator(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /**
     * Makes one load and waits for its end.
     *
     * @throws LoadFailure when one reply was not what it must be, or none came
     */
    public LoadResult run(Load load) {
        try {
            out.write(json.writeValueAsString(load));
            out.newLine();
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IllegalStateException("the load generator has ended");
            }
            Answer answer = json.readValue(line, Answer.class);
            if (answer.result() == null) {
                throw new LoadFailure(
                        load.operation() + " on " + load.host() + ":" + load.port() + ": " + answer.failure());
            }
            return answer.result();
        } catch (IOException e) {
            throw new UncheckedIOException("the load generator is gone", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
