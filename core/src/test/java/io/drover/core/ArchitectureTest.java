package io.drover.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.drover.architecture.HouseRules;

/** The shape of this module. A rule that stands in the way of something right is changed, with a note in {@code docs/decisions}. */
@AnalyzeClasses(packages = "io.drover.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    private static final String[] INPUT_AND_OUTPUT = {
        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net.."
    };

    @ArchTest
    static final ArchRule NO_APP = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.drover..")
                    .and(not(resideInAnyPackage("io.drover.core..", "io.drover.csi..", "io.drover.proto.."))))
            .because("every app builds on core, so core can build on none of them");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.drover.core.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what needs each other cannot be read, tested or replaced alone");

    @ArchTest
    static final ArchRule MODEL = classes()
            .that()
            .resideInAPackage("io.drover.core.model")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java.lang..",
                    "java.time..",
                    "java.util",
                    "java.util.function..",
                    "java.util.regex..",
                    "java.util.stream..",
                    "io.drover.core.model",
                    "io.drover.core.error",
                    "org.jspecify.."))
            .because("the words of Drover are values: no files, no network, no threads, no library's idea of them");

    @ArchTest
    static final ArchRule ERROR = classes()
            .that()
            .resideInAPackage("io.drover.core.error")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java.lang..", "java.util..", "io.drover.core.error", "org.jspecify.."))
            .because("everything throws these, so they may need nothing");

    @ArchTest
    static final ArchRule PURE = noClasses()
            .that()
            .resideInAnyPackage("io.drover.core.parameters", "io.drover.core.jobs", "io.drover.core.model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INPUT_AND_OUTPUT)
            .because("what users write is judged by itself, wherever it runs, and tested without a machine");

    @ArchTest
    static final ArchRule WIRE = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.rpc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.grpc..", "io.netty..", "com.google.protobuf..", "io.drover.csi..", "io.drover.proto..")
            .because("only the edges know the wire");

    @ArchTest
    static final ArchRule CRON = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.jobs")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.cronutils..")
            .because("controller and scheduler must agree on what a schedule means");

    @ArchTest
    static final ArchRule MAPPING = noClasses()
            .that()
            .resideOutsideOfPackages("io.drover.core.resources", "io.drover.core.jobs")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..")
            .because("the form of a document is decided where it is declared, field by field");

    @ArchTest
    static final ArchRule KUBERNETES = noClasses()
            .that()
            .resideOutsideOfPackages("io.drover.core.kubernetes", "io.drover.core.resources..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .because(
                    "services see model records and ports; whether a cluster keeps them is nobody's business but the wiring's");
}
