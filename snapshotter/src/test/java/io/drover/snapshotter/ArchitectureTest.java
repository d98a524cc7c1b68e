package io.drover.snapshotter;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.drover.architecture.HouseRules;

/** The shape of this module. A rule that stands in the way of something right is changed, with a note in {@code docs/decisions}. */
@AnalyzeClasses(packages = "io.drover.snapshotter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Where requests come in, and where the agent beside us and the operations socket are asked. */
    private static final String[] EDGE = {"io.drover.snapshotter.mover..", "io.drover.snapshotter.operations.."};

    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule NO_OTHER_APP = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.drover..")
                    .and(not(resideInAnyPackage("io.drover.snapshotter..", "io.drover.core..", "io.drover.proto.."))))
            .because("apps meet in gRPC messages and in records, so that each can run alone");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.drover.snapshotter.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what needs each other cannot be read, tested or replaced alone");

    @ArchTest
    static final ArchRule WIRE = noClasses()
            .that()
            .resideOutsideOfPackages(EDGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.drover.proto..", "io.drover.core.rpc..")
            .because("pipelines and stores know neither gRPC nor its messages");

    @ArchTest
    static final ArchRule SERVICES_DO_NOT_CALL_EDGES = noClasses()
            .that()
            .resideOutsideOfPackages(EDGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGE)
            .because("an edge calls services; the other way round every service would hang on the wire");

    @ArchTest
    static final ArchRule FORMAT = noClasses()
            .that()
            .resideInAPackage("io.drover.snapshotter.format")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.file..",
                    "java.nio.channels..",
                    "io.drover.snapshotter.target..",
                    "io.drover.snapshotter.store..",
                    "io.drover.snapshotter.lock..")
            .because("the format is bytes in memory, whatever carries them");

    @ArchTest
    static final ArchRule S3 = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.snapshotter.target..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..")
            .because("what a cloud's library looks like is known in one place");

    @ArchTest
    static final ArchRule MAPPING = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.drover.snapshotter.format", "io.drover.snapshotter.store", "io.drover.snapshotter.lock")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..")
            .because("the files of a store are read and written where they are declared");

    @ArchTest
    static final ArchRule NO_PRIVILEGE = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.drover\\.core\\.sys\\..*(Mount|Loop|FileSystemCalls|BlockDevice|Subvolume).*")
            .because("what talks to the internet mounts, attaches and freezes nothing; it asks the agent");
}
