package io.slotless.crd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What fabric8 wants of the API, and nothing else of fabric8. */
@AnalyzeClasses(packages = "io.slotless.crd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule usesNothingButTheApiAndTheModelOfKubernetes = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.slotless.crd..",
                    "io.slotless.api.v1alpha1..",
                    "com.fasterxml.jackson.annotation..",
                    "io.fabric8.kubernetes.api.model..",
                    "io.fabric8.kubernetes.model.annotation..",
                    "io.fabric8.kubernetes.client",
                    "io.fabric8.crd.generator.annotation..",
                    "org.jspecify.annotations..");
}
