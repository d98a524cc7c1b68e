package io.drover.controller;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The shape of this module. A rule that stands in the way of something right is changed, with a note in {@code docs/decisions}. */
@AnalyzeClasses(packages = "io.drover.controller", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Where requests come in and are counted, and where the hosts are asked; the port of the latter has no wire types. */
    private static final String[] EDGES = {
        "io.drover.controller.csi..",
        "io.drover.controller.operations..",
        "io.drover.controller.host..",
        "io.drover.controller.mover..",
        "io.drover.controller.metrics.."
    };

    private static final Set<String> AMBIENT = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.UUID.randomUUID");

    @ArchTest
    static final ArchRule NO_OTHER_APP = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.drover..")
                    .and(not(resideInAnyPackage(
                            "io.drover.controller..", "io.drover.core..", "io.drover.csi..", "io.drover.proto.."))))
            .because("apps meet in gRPC messages and in records, so that each can run alone");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.drover.controller.(*)..")
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
            .resideInAnyPackage("io.drover.controller.csi..", "io.drover.controller.operations..")
            .because("an edge calls services; the other way round every service would hang on the wire");

    @ArchTest
    static final ArchRule PURE = noClasses()
            .that()
            .resideInAnyPackage("io.drover.controller.placement..", "io.drover.controller.page..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "io.drover.core.store..")
            .because("where a replica goes is decided from what is known, and is tested as such");

    @ArchTest
    static final ArchRule NO_HOST = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.drover.core.sys..", "io.drover.core.exec..", "io.drover.core.file..")
            .because("the controller holds no privilege: what touches a host is asked of its agent");

    @ArchTest
    static final ArchRule PROCESSES = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .because("environment, timeout, output and the death of a child are minded by core.exec");

    @ArchTest
    static final ArchRule NATIVE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "com.kenai..", "java.lang.foreign..")
            .because("errno belongs to the thread of the call, which only core.sys minds");

    @ArchTest
    static final ArchRule LIBRARIES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.cronutils..", "software.amazon..", "picocli..", "com.fasterxml.jackson..")
            .because("each of these has its one place, elsewhere");

    @ArchTest
    static final ArchRule TIME = noClasses()
            .should()
            .callCodeUnitWhere(describe(
                    "ambient time, randomness and ids",
                    (JavaCall<?> call) -> AMBIENT.contains(call.getTargetOwner().getName() + "."
                            + call.getTarget().getName())))
            .because("a test decides what time it is, what is random, and how long waiting takes");

    @ArchTest
    static final ArchRule STATE =
            fields().that().areStatic().should().beFinal().because("what is shared by everybody must not change");

    @ArchTest
    static final ArchRule THROWS = methods()
            .should()
            .notDeclareThrowableOfType(Exception.class)
            .because("a caller has to know what can go wrong");

    @ArchTest
    static final ArchRule NO_CONSOLE = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
            "only commands of the program talk to a person");

    @ArchTest
    static final ArchRule NO_OTHER_LOGGING =
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("there is one log");

    @ArchTest
    static final ArchRule NULL_MARKED = classes()
            .should(new ArchCondition<>("be in a package that is described and @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            type, marked, type.getPackageName() + " has no package-info.java with @NullMarked"));
                }
            })
            .because("a reader begins there, and null has to be said");
}
