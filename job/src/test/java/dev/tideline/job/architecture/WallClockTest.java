package dev.tideline.job.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time is data: a replay of last year must see last year. */
@AnalyzeClasses(packages = "dev.tideline", importOptions = DoNotIncludeTests.class)
final class WallClockTest {

    /** The one place where event time meets the clock on the wall. */
    private static final String WALL_CLOCK = "dev.tideline.job.ingest.WallClock";

    @ArchTest
    static final ArchRule operatorsAndPureLogicReadNoClock = noClasses()
            .that()
            .resideInAPackage("dev.tideline.patterns..")
            .or()
            .resideInAnyPackage(Rooms.packagesOfAllStages())
            .and()
            .doNotHaveFullyQualifiedName(WALL_CLOCK)
            .should()
            .accessTargetWhere(readsTheWallClock())
            .because("time is data, and only " + WALL_CLOCK + " says what time it is now");

    @ParameterizedTest
    @ValueSource(
            classes = {AsksInstant.class, AsksSystem.class, AsksByReference.class, AsksForAClock.class, AsksDate.class})
    void everyWayToAskForTheTimeIsNoticed(Class<?> asking) {
        JavaClasses imported = new ClassFileImporter().importClasses(asking);
        ArchRule rule = noClasses().should().accessTargetWhere(readsTheWallClock());
        assertThat(rule.evaluate(imported).hasViolation()).isTrue();
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
        return DescribedPredicate.describe("reads the wall clock", access -> isClockReading(access.getTarget()));
    }

    private static boolean isClockReading(AccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        return switch (owner) {
            case "java.lang.System" -> Set.of("currentTimeMillis", "nanoTime").contains(name);
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case "java.util.Date" -> target.getFullName().equals("java.util.Date.<init>()");
            default -> owner.startsWith("java.time.") && name.equals("now");
        };
    }

    static final class AsksInstant {
        Instant when() {
            return Instant.now();
        }
    }

    static final class AsksSystem {
        long when() {
            return System.currentTimeMillis() + System.nanoTime();
        }
    }

    static final class AsksByReference {
        LongSupplier when() {
            return System::currentTimeMillis;
        }
    }

    static final class AsksForAClock {
        Clock when() {
            return Clock.systemUTC();
        }
    }

    @SuppressWarnings("JavaUtilDate") // that is what is to be found
    static final class AsksDate {
        Date when() {
            return new Date();
        }
    }
}
