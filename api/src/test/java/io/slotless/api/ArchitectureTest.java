package io.slotless.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What both programs share depends on neither of their frameworks. */
@AnalyzeClasses(packages = "io.slotless.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule usesNothingButTheModelOfKubernetes = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.slotless.api..",
                    "com.fasterxml.jackson.annotation..",
                    "io.fabric8.kubernetes.api.model..",
                    "io.fabric8.kubernetes.model.annotation..",
                    "io.fabric8.kubernetes.client",
                    "io.fabric8.generator.annotation..",
                    "io.fabric8.crd.generator.annotation..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule theModelDoesNotKnowTheBootstrap = noClasses()
            .that()
            .resideInAPackage("..v1alpha1..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..bootstrap..");
}
