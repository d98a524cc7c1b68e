package io.drover.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * What holds in every module. A rule that stands in the way of something right is changed, with a note in {@code docs/decisions}. Where a
 * rule names one place that may do otherwise, that place is in core.
 */
public final class HouseRules {
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
    public static final ArchRule PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.exec")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .because("environment, timeout, output and the death of a child are minded by core.exec");

    @ArchTest
    public static final ArchRule NATIVE = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.sys..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "com.kenai..", "java.lang.foreign..")
            .because("errno belongs to the thread of the call, which only core.sys minds");

    @ArchTest
    public static final ArchRule TIME = noClasses()
            .that()
            .resideOutsideOfPackage("io.drover.core.time")
            .should()
            .callCodeUnitWhere(describe(
                    "ambient time, randomness and ids",
                    (JavaCall<?> call) -> AMBIENT.contains(call.getTargetOwner().getName() + "."
                            + call.getTarget().getName())))
            .because("a test decides what time it is, what is random, and how long waiting takes");

    @ArchTest
    public static final ArchRule STATE =
            fields().that().areStatic().should().beFinal().because("what is shared by everybody must not change");

    @ArchTest
    public static final ArchRule THROWS = methods()
            .should()
            .notDeclareThrowableOfType(Exception.class)
            .because("a caller has to know what can go wrong");

    @ArchTest
    public static final ArchRule NO_CONSOLE = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
            "only commands of the program talk to a person");

    @ArchTest
    public static final ArchRule NO_OTHER_LOGGING =
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("there is one log");

    @ArchTest
    public static final ArchRule NULL_MARKED = classes()
            .should(new ArchCondition<>("be in a package that is described and @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            type, marked, type.getPackageName() + " has no package-info.java with @NullMarked"));
                }
            })
            .because("a reader begins there, and null has to be said");

    private HouseRules() {}
}
