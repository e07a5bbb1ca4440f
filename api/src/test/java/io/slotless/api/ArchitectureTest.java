package io.slotless.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What both programs share depends on none of their libraries. */
@AnalyzeClasses(packages = "io.slotless.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule usesNothingButAnnotations = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "io.slotless.api..", "com.fasterxml.jackson.annotation..", "org.jspecify.annotations..")
            .because("it is in every sidecar, where a client of Kubernetes would be 10 MB that nobody uses");

    @ArchTest
    static final ArchRule theModelDoesNotKnowTheBootstrap = noClasses()
            .that()
            .resideInAPackage("..v1alpha1..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..bootstrap..");
}
