package io.slotless.sidecar;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The line of thought: bytes → meaning → decision → I/O → framework. Who may use whom, package by package. */
@AnalyzeClasses(packages = "io.slotless.sidecar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SIDECAR = "io.slotless.sidecar.";
    /** The contract between the two programs. */
    private static final String API = "io.slotless.api..";

    @ArchTest
    static final ArchRule resp = pure("resp");

    @ArchTest
    static final ArchRule command = pure("command", "resp");

    @ArchTest
    static final ArchRule cluster = pure("cluster", "resp");

    @ArchTest
    static final ArchRule routing = pure("routing", "resp", "command", "cluster", "onenode");

    @ArchTest
    static final ArchRule clients = pure("clients", "resp", "cluster");

    @ArchTest
    static final ArchRule oneNode = pure("onenode", "resp", "cluster");

    @ArchTest
    static final ArchRule scan = pure("scan", "resp", "cluster");

    @ArchTest
    static final ArchRule pubsub = pure("pubsub", "resp", "cluster", "scan");

    @ArchTest
    static final ArchRule tracking = pure("tracking", "resp");

    @ArchTest
    static final ArchRule script = pure("script", "resp", "cluster");

    @ArchTest
    static final ArchRule destination = usesOfOursOnly("destination");

    @ArchTest
    static final ArchRule json = usesOfOursOnly("json");

    @ArchTest
    static final ArchRule tls = usesOfOursOnly("tls");

    @ArchTest
    static final ArchRule upstream = usesOfOursOnly("upstream", "resp", "cluster", "destination", "tls");

    @ArchTest
    static final ArchRule proxy = usesOfOursOnly(
            "proxy",
            "resp",
            "command",
            "cluster",
            "routing",
            "onenode",
            "clients",
            "scan",
            "pubsub",
            "tracking",
            "script",
            "upstream",
            "destination");

    /** What is within the proxy knows nothing of what is above it: clients and their sessions. */
    @ArchTest
    static final ArchRule proxyReply = usesOfOursOnly("proxy.reply", "resp", "upstream");

    @ArchTest
    static final ArchRule proxyBackend = usesOfOursOnly(
            "proxy.backend",
            "proxy.reply",
            "resp",
            "command",
            "cluster",
            "routing",
            "scan",
            "script",
            "upstream",
            "destination");

    @ArchTest
    static final ArchRule proxyClient = usesOfOursOnly(
            "proxy.client", "proxy.backend", "proxy.reply", "resp", "clients", "upstream", "destination");

    @ArchTest
    static final ArchRule proxySubscription = usesOfOursOnly(
            "proxy.subscription",
            "proxy.client",
            "proxy.backend",
            "proxy.reply",
            "resp",
            "cluster",
            "clients",
            "pubsub",
            "upstream",
            "destination");

    @ArchTest
    static final ArchRule proxyConversation = usesOfOursOnly(
            "proxy.conversation",
            "proxy.client",
            "proxy.backend",
            "proxy.reply",
            "resp",
            "cluster",
            "scan",
            "upstream",
            "destination");

    @ArchTest
    static final ArchRule proxyIdentity = usesOfOursOnly(
            "proxy.identity", "proxy.client", "proxy.backend", "proxy.reply", "resp", "tracking", "upstream");

    @ArchTest
    static final ArchRule proxyFanOut = usesOfOursOnly(
            "proxy.fanout", "proxy.client", "proxy.backend", "proxy.reply", "resp", "cluster", "routing", "upstream");

    @ArchTest
    static final ArchRule kubernetes = usesOfOursOnly("kubernetes", "destination", "json", "tls");

    /** Beside the proxy's listener, which it implements, the data of which that speaks. */
    @ArchTest
    static final ArchRule telemetry = usesOfOursOnly("telemetry", "proxy", "cluster", "destination");

    @ArchTest
    static final ArchRule nobodyUsesApp = noClasses()
            .that()
            .resideOutsideOfPackage(SIDECAR + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SIDECAR + "app..");

    @ArchTest
    static final ArchRule noFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "org.eclipse.microprofile..")
            .because("a sidecar is in every pod: what a framework loads at the start, each of them pays for");

    @ArchTest
    static final ArchRule noClientOfKubernetes = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.slotless.crd..", "org.slf4j..")
            .because(
                    "a sidecar asks an API server two questions; a client that can ask all of them is several times its size");

    /** It is there for tests only; a class that needs it would fail at the first use. */
    @ArchTest
    static final ArchRule noDatabind =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching(SIDECAR + "(**)").should().beFreeOfCycles();

    /** Needs nothing to run or to be tested: no network, no clock, no thread, no framework, only the JDK and Netty's buffers. */
    private static ArchRule pure(String name, String... mayUse) {
        List<String> allowed =
                new ArrayList<>(List.of("java..", "org.jspecify..", "io.netty.buffer..", "io.netty.util.."));
        allowed.addAll(packages(name, mayUse));
        return noClasses()
                .that()
                .resideInAPackage(SIDECAR + name + "..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(allowed.toArray(String[]::new)))
                        .or(resideInAnyPackage(
                                "java.net..", "java.time..", "java.util.concurrent..", "io.netty.util.concurrent..")));
    }

    /** May use any library, but of our own packages only these. */
    private static ArchRule usesOfOursOnly(String name, String... mayUse) {
        List<String> allowed = new ArrayList<>(List.of(API));
        allowed.addAll(packages(name, mayUse));
        return noClasses()
                .that()
                .resideInAPackage(SIDECAR + name + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.slotless..").and(not(resideInAnyPackage(allowed.toArray(String[]::new)))));
    }

    private static List<String> packages(String name, String... others) {
        return Stream.concat(Stream.of(name), Stream.of(others))
                .map(each -> SIDECAR + each + "..")
                .toList();
    }
}
