package io.drover.node;

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
@AnalyzeClasses(packages = "io.drover.node", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    /** Where requests come in: the kubelet's and the controller's. */
    private static final String[] EDGES = {"io.drover.node.csi..", "io.drover.node.agent.."};

    @ArchTest
    static final ArchRule NO_OTHER_APP = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.drover..")
                    .and(not(resideInAnyPackage(
                            "io.drover.node..", "io.drover.core..", "io.drover.csi..", "io.drover.proto.."))))
            .because("apps meet in gRPC messages and in records, so that each can run alone");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.drover.node.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what needs each other cannot be read, tested or replaced alone");

    @ArchTest
    static final ArchRule WIRE = noClasses()
            .that()
            .resideOutsideOfPackages(EDGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.grpc..",
                    "com.google.protobuf..",
                    "io.drover.csi..",
                    "io.drover.proto..",
                    "io.drover.core.rpc..")
            .because("services know neither gRPC nor its messages; they are called the same way by every edge");

    @ArchTest
    static final ArchRule SERVICES_DO_NOT_CALL_EDGES = noClasses()
            .that()
            .resideOutsideOfPackages(EDGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGES)
            .because("an edge calls services; the other way round every service would hang on the wire");

    @ArchTest
    static final ArchRule PURE = noClasses()
            .that()
            .resideInAPackage("io.drover.node.extent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio..", "java.net..", "io.drover.core.sys..", "io.drover.core.exec..")
            .because("what differs between two lists of extents is arithmetic, and is tested as such");

    @ArchTest
    static final ArchRule LIBRARIES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.cronutils..", "software.amazon..", "io.fabric8..", "picocli..", "io.javalin..")
            .because("each of these has its one place, elsewhere");
}
