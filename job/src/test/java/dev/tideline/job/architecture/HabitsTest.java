package dev.tideline.job.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** What nobody in this house does. */
@AnalyzeClasses(packages = "dev.tideline", importOptions = DoNotIncludeTests.class)
final class HabitsTest {

    @ArchTest
    static final ArchRule onlyCommandsAndTheDemoPrint = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tideline.job.command..", "dev.tideline.job.demo..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("what an operator prints is lost on a cluster, and garbles what a command says");

    @ArchTest
    static final ArchRule nobodyLogsByJavaUtilLogging = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tideline.job.command..", "dev.tideline.job.demo..")
            .should(USE_JAVA_UTIL_LOGGING)
            .because("Flink logs by SLF4J, and two ways to log have two configurations");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Base")
            .orShould()
            .haveSimpleNameEndingWith("Common")
            .because("such a name fits everything, so everything ends up there");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(liveInANullMarkedPackage())
            .because("null is checked by the compiler only where a package asks for it");

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not null-marked"));
                }
            }
        };
    }
}
