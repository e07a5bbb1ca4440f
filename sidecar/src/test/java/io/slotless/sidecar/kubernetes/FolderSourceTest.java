package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.api.bootstrap.BootstrapHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {

    private static final BootstrapHost HOST = Yaml.host("cache");

    @TempDir
    Path folder;

    @TempDir
    Path secrets;

    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final RecordedDestinations told = new RecordedDestinations();
    private FolderSource source;

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void followsFilesThatComeChangeAndGo() throws IOException {
        start();
        awaitTold("PROXY");
        write("cache.yaml", Yaml.cluster("cache"));
        awaitTold("PROXY", "CLUSTER");
        Files.delete(folder.resolve("cache.yaml"));
        awaitTold("PROXY", "CLUSTER", "PROXY");
    }

    @Test
    void followsLinksSwappedAsInAConfigMapMount() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("..1")).resolve("cache.yaml"), Yaml.cluster("cache"));
        Files.writeString(
                Files.createDirectory(folder.resolve("..2")).resolve("cache.yaml"), Yaml.withSecret("cache", "s"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("cache.yaml"), Path.of("..data/cache.yaml"));
        write("secret.yml", Yaml.secret("s", "hunter2"));
        start();
        awaitTold("CLUSTER");
        Path swap = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
        Files.move(swap, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        awaitTold("CLUSTER", "PROXY hunter2");
    }

    @Test
    void aFileThatCannotBeReadCountsAsBeforeAndIsToldOnce() throws IOException {
        write("cache.yaml", Yaml.cluster("cache"));
        write("other.yaml", Yaml.cluster("other"));
        start();
        write("cache.yaml", "kind: RedisDestination\n  spec: {");
        await().until(() -> !problems.isEmpty());
        write("other.yaml", Yaml.cluster("other") + "# changed\n");
        write("cache.yaml", Yaml.withSecret("cache", "gone"));
        await().until(() -> told.events.size() == 2);
        assertThat(told.events.get(1)).startsWith("refused Secret gone: not in " + folder);
        assertThat(problems).singleElement().asString().contains("cache.yaml").contains("line 2");
    }

    @Test
    void readsSeveralDocumentsListsAndOtherKinds() throws IOException {
        write("all.yaml", """
                kind: Deployment
                metadata: {name: app}
                ---
                # nothing here
                ---
                apiVersion: v1
                kind: List
                items:
                - kind: RedisDestination
                  apiVersion: redis.aeraki.io/v1alpha1
                  metadata: {name: cache, namespace: redis}
                  spec:
                    host: cache
                    trafficPolicy: {connectionPool: {redis: {auth: {secret: {name: s}}}}}
                ---
                kind: Secret
                apiVersion: v1
                metadata: {name: s, namespace: redis}
                data: {token: aHVudGVyMgo=}
                """);
        write("notes.txt", "not for us: {");
        start();
        awaitTold("PROXY hunter2");
        assertThat(problems).isEmpty();
    }

    @Test
    void takesSecretsFromTheMountedFolderAndFollowsIt() throws IOException {
        write("cache.yaml", Yaml.withSecret("cache", "s"));
        Path password = Files.createDirectory(secrets.resolve("s")).resolve("password");
        Files.writeString(password, "one");
        start();
        awaitTold("PROXY one");
        Files.writeString(password, "three");
        awaitTold("PROXY one", "PROXY three");
    }

    @Test
    void aValueOfAWrongTypeIsToldByItsField() throws IOException {
        write("cache.yaml", Yaml.destination("cache", "cache", "{connectionPool: {tcp: {maxConnections: many}}}"));
        start();
        awaitTold("refused spec.trafficPolicy.connectionPool.tcp.maxConnections has a value of a wrong type");
    }

    private void start() {
        source = new FolderSource(
                folder,
                new SecretFiles(secrets),
                (file, problem) -> problems.add(file + ": " + problem),
                Duration.ofMillis(10));
        DestinationTracker tracker = new DestinationTracker("cluster.local", source, told);
        source.start(() -> tracker.refresh(List.of(HOST)));
    }

    private void write(String name, String text) throws IOException {
        Path temporary = Files.writeString(folder.resolve(".tmp"), text);
        Files.move(
                temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void awaitTold(String... events) {
        await().untilAsserted(() -> assertThat(told.events).containsExactly(events));
    }
}
