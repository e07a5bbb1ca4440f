package io.slotless.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Dockerfile, instruction by instruction.
 *
 * @param instructions in their order, lines joined, without comments
 */
public record Dockerfile(List<Instruction> instructions) {

    public record Instruction(String name, String arguments) {}

    /** That of a program's image. */
    public static Dockerfile of(String program) {
        try {
            String text = Files.readString(Java.root().resolve("images/" + program + "/Dockerfile"));
            return new Dockerfile(text.replaceAll("(?m)^#.*\\R", "")
                    .replaceAll("\\\\\\R\\s*", "")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split(" ", 2))
                    .map(words -> new Instruction(words[0], words[1]))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The arguments of each instruction of this name, in all stages. */
    public Stream<String> all(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments);
    }

    /** The arguments of the one instruction of this name in the last stage. */
    public String last(String name) {
        int stage = instructions.lastIndexOf(instructions.stream()
                .filter(instruction -> instruction.name().equals("FROM"))
                .reduce((first, second) -> second)
                .orElseThrow());
        List<String> found = new Dockerfile(instructions.subList(stage, instructions.size()))
                .all(name)
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(name + " in the last stage: " + found);
        }
        return found.get(0);
    }

    public List<String> entrypoint() {
        try {
            return List.of(new ObjectMapper().readValue(last("ENTRYPOINT"), String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ENTRYPOINT is not a JSON array, and would need a shell", e);
        }
    }

    /** The environment that the image brings. */
    public Map<String, String> environment() {
        return Arrays.stream(last("ENV").split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
