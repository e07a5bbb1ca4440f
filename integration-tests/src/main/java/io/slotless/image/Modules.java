package io.slotless.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The modules of the JDK that a program needs, for jlink: what jdeps finds in its jars, less what is known never to be
 * reached, and what only reflection finds. Usage: {@code Modules <folder of jars>}.
 */
public final class Modules {

    /** Why each is left out, though a class names it. */
    private static final Map<String, String> NEVER_REACHED = Map.of(
            "java.desktop", "java.beans: Jackson, SnakeYAML and others look whether it is there",
            "jdk.compiler", "the annotation processor of vertx-codegen");

    /** Why each is needed, though no class names it. */
    private static final Map<String, String> FOUND_AT_RUN_TIME = Map.of(
            "jdk.crypto.ec", "elliptic curves in TLS; part of java.base from JDK 22 on",
            "jdk.naming.dns", "how Netty finds name servers where /etc/resolv.conf has none");

    private Modules() {}

    public static void main(String[] arguments) throws IOException {
        TreeSet<String> modules = new TreeSet<>(jdeps(Path.of(arguments[0])));
        modules.removeAll(NEVER_REACHED.keySet());
        modules.addAll(FOUND_AT_RUN_TIME.keySet());
        modules.removeIf(name -> ModuleFinder.ofSystem().find(name).isEmpty());
        System.out.println(String.join(",", modules));
    }

    private static List<String> jdeps(Path folder) throws IOException {
        Path copies = Files.createTempDirectory("modules");
        try {
            List<String> jars = new ArrayList<>();
            for (Path jar : jars(folder)) {
                Path copy = copies.resolve(jar.getFileName());
                copyAsPlainJar(jar, copy);
                jars.add(copy.toString());
            }
            List<String> arguments = new ArrayList<>(List.of(
                    "-q",
                    "--ignore-missing-deps",
                    "--print-module-deps",
                    "--multi-release",
                    Integer.toString(Runtime.version().feature())));
            arguments.addAll(jars);
            return List.of(run("jdeps", arguments).split(","));
        } finally {
            delete(copies);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** Without its module descriptor: jdeps would demand the modules that it requires, on a module path. */
    private static void copyAsPlainJar(Path from, Path to) throws IOException {
        try (JarFile jar = new JarFile(from.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            out.setMethod(ZipOutputStream.STORED);
            boolean multiRelease = jar.isMultiRelease();
            if (multiRelease) {
                write(
                        out,
                        JarFile.MANIFEST_NAME,
                        "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    write(out, entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    private static void write(ZipOutputStream out, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        out.putNextEntry(entry);
        out.write(content);
    }

    private static String run(String tool, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = ToolProvider.findFirst(tool)
                .orElseThrow(() -> new IllegalStateException("this JDK has no " + tool))
                .run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(tool + " failed: " + out + err);
        }
        return out.toString().strip();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
