package io.slotless.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong value stops Helm before anything is installed, and the message says where and why. */
class SchemaTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "replicas: 0 | /replicas | minimum",
                "replicas: '2' | /replicas | want integer",
                "replica: 2 | \"\" | 'replica' not allowed",
                "admission: {failurePolicy: fail} | /admission/failurePolicy | value must be one of 'Ignore', 'Fail'",
                "admission: {timeoutSeconds: 31} | /admission/timeoutSeconds | maximum",
                "admission: {excludedNamespaces: [shop]} | /admission/excludedNamespaces | value must be 'kube-system'",
                "sidecar: {logLevel: verbose} | /sidecar/logLevel | value must be one of 'trace'",
                "sidecar: {native: sometimes} | /sidecar/native | value must be one of 'auto'",
                "sidecar: {resources: {limits: {memory: lots}}} | /sidecar/resources/limits/memory | does not match pattern",
                "sidecar: {resources: {limits: {memory: null}}} | /sidecar/resources/limits | 'memory'",
                "sidecar: {memory: 1Gi} | /sidecar | 'memory' not allowed",
                "image: {pullPolicy: always} | /image/pullPolicy | value must be one of 'Always'",
                "image: {repository: ''} | /image/repository | minLength",
                "image: {tag: 'a:b'} | /image/tag | does not match pattern",
                "priorityClass: {value: 2000000000} | /priorityClass/value | maximum",
                "fullnameOverride: Upper | /fullnameOverride | does not match pattern",
                "monitoring: {serviceMonitor: {interval: 30}} | /monitoring/serviceMonitor/interval | want string",
                "monitoring: {serviceMonitor: {interval: soon}} | /monitoring/serviceMonitor/interval | does not match",
                "networkPolicy: {apiServer: {ports: []}} | /networkPolicy/apiServer/ports | minItems",
                "networkPolicy: {apiServer: {cidrs: [10.0.0.1]}} | /networkPolicy/apiServer/cidrs/0 | does not match",
                "commonLabels: {a: 1} | /commonLabels/a | want string",
                "extraEnv: [{value: a}] | /extraEnv/0 | 'name'",
                "sidecarRbac: {create: 'yes'} | /sidecarRbac/create | want boolean",
            })
    void wrongValueIsRefused(String values, String where, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);

        assertThatThrownBy(() -> Chart.render(file))
                .hasMessageContaining("at '" + where + "'")
                .hasMessageContaining(why);
    }

    /** Helm hands it to every chart that is part of another one. */
    @Test
    void chartMayBePartOfAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), "global: {imageRegistry: example.com}");

        assertThat(Chart.render(file)).contains("kind: Deployment");
    }
}
