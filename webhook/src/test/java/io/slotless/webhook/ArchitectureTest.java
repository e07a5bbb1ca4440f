package io.slotless.webhook;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;

@AnalyzeClasses(packages = "io.slotless.webhook", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.slotless.webhook..")
            .layer("injection")
            .definedBy("io.slotless.webhook.injection")
            .layer("patch")
            .definedBy("io.slotless.webhook.patch")
            .layer("destination")
            .definedBy("io.slotless.webhook.destination")
            .layer("certificate")
            .definedBy("io.slotless.webhook.certificate")
            .layer("certificate.authority")
            .definedBy("io.slotless.webhook.certificate.authority")
            .layer("certificate.cluster")
            .definedBy("io.slotless.webhook.certificate.cluster")
            .layer("leadership")
            .definedBy("io.slotless.webhook.leadership")
            .layer("event")
            .definedBy("io.slotless.webhook.event")
            .layer("pod")
            .definedBy("io.slotless.webhook.pod")
            .layer("status")
            .definedBy("io.slotless.webhook.status")
            .layer("audit")
            .definedBy("io.slotless.webhook.audit")
            .layer("admission")
            .definedBy("io.slotless.webhook.admission")
            .layer("telemetry")
            .definedBy("io.slotless.webhook.telemetry")
            .layer("app")
            .definedBy("io.slotless.webhook.app")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("telemetry")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("admission")
            .mayOnlyBeAccessedByLayers("telemetry", "app")
            .whereLayer("status")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("leadership")
            .mayOnlyBeAccessedByLayers("certificate.cluster", "status", "audit", "app")
            .whereLayer("certificate.cluster")
            .mayOnlyBeAccessedByLayers("telemetry", "app")
            .whereLayer("certificate.authority")
            .mayOnlyBeAccessedByLayers("certificate.cluster", "telemetry", "app")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("telemetry", "app")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("status", "audit", "telemetry", "app")
            .whereLayer("certificate")
            .mayOnlyBeAccessedByLayers("certificate.authority", "certificate.cluster", "telemetry", "app")
            .whereLayer("destination")
            .mayOnlyBeAccessedByLayers("status", "app")
            .whereLayer("pod")
            .mayOnlyBeAccessedByLayers("status", "audit")
            .whereLayer("patch")
            .mayOnlyBeAccessedByLayers("admission")
            .whereLayer("injection")
            .mayOnlyBeAccessedByLayers("destination", "status", "audit", "admission", "telemetry", "app");

    /** To decide needs no network, no clock, no thread and no framework. */
    @ArchTest
    static final ArchRule DECISIONS_ARE_PURE = classes()
            .that()
            .resideInAnyPackage("io.slotless.webhook.injection", "io.slotless.webhook.patch")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "io.slotless.webhook.injection",
                            "io.slotless.webhook.patch",
                            "io.slotless.api..",
                            "io.slotless.crd..",
                            "io.fabric8.kubernetes.api.model..",
                            "io.fabric8.kubernetes.api.builder..",
                            "io.fabric8.zjsonpatch",
                            "com.fasterxml.jackson..",
                            "org.jspecify.annotations",
                            "java.lang..",
                            "java.math",
                            "java.nio.charset",
                            "java.security",
                            "java.util",
                            "java.util.function",
                            "java.util.regex",
                            "java.util.stream")
                    // What RedisDestination extends: a model, in spite of its package.
                    .or(type(CustomResource.class)));

    @ArchTest
    static final ArchRule FRAMEWORK_STAYS_IN_APP = noClasses()
            .that()
            .resideOutsideOfPackage("io.slotless.webhook.app")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "org.eclipse.microprofile..");
}
