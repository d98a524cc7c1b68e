package io.drover.core;

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
@AnalyzeClasses(packages = "io.drover.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] INPUT_AND_OUTPUT = {
        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net.."
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
    static final ArchRule NATIVE = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.sys..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "com.kenai..", "java.lang.foreign..")
            .because("errno belongs to the thread of the call, which only core.sys minds");

    @ArchTest
    static final ArchRule PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.exec")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .because("environment, timeout, output and the death of a child are minded in one place");

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
    static final ArchRule TIME = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.time")
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
