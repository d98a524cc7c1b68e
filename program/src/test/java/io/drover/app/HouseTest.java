package io.drover.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shape of the whole house, seen from the one module that sees all. Each module's own rules are beside it. */
@AnalyzeClasses(packages = "io.drover", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    @ArchTest
    static final ArchRule FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wire")
            .definedBy("io.drover.csi..", "io.drover.proto..")
            .layer("core")
            .definedBy("io.drover.core..")
            .layer("node")
            .definedBy("io.drover.node..")
            .layer("controller")
            .definedBy("io.drover.controller..")
            .layer("program")
            .definedBy(
                    "io.drover.app..",
                    "io.drover.bench..",
                    "io.drover.cli..",
                    "io.drover.cluster..",
                    "io.drover.demo..",
                    "io.drover.logging..",
                    "io.drover.output..",
                    "io.drover.sandbox..",
                    "io.drover.standalone..")
            .whereLayer("wire")
            .mayNotAccessAnyLayer()
            .whereLayer("core")
            .mayOnlyAccessLayers("wire")
            .whereLayer("node")
            .mayOnlyAccessLayers("core", "wire")
            .whereLayer("controller")
            .mayOnlyAccessLayers("core", "wire")
            .whereLayer("program")
            .mayNotBeAccessedByAnyLayer()
            .because("dependencies point one way, and apps meet in messages and records, so that each can run alone");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(
                    "io.drover.(app|bench|cli|cluster|demo|logging|output|sandbox|standalone)..")
            .should()
            .beFreeOfCycles()
            .because("what needs each other cannot be read, tested or replaced alone");

    @ArchTest
    static final ArchRule TRIALS_COME_IN_BY_THE_SOCKET = noClasses()
            .that()
            .resideInAnyPackage("io.drover.demo..", "io.drover.bench..", "io.drover.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.drover.node..", "io.drover.controller..", "io.drover.standalone..", "io.drover.cluster..")
            .because("demo and bench drive the driver as any CSI client does; a short cut would prove nothing");

    @ArchTest
    static final ArchRule COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.drover.app..",
                    "io.drover.bench..",
                    "io.drover.cli..",
                    "io.drover.cluster..",
                    "io.drover.demo..",
                    "io.drover.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("arguments are read where a command is");
}
