package dev.tideline.job.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import dev.tideline.job.Main;
import dev.tideline.nlp.TextScorer;
import dev.tideline.patterns.fact.Event;

/** A rule about classes that were never read holds always: this is what makes the others worth their name. */
@AnalyzeClasses(packages = "dev.tideline", importOptions = DoNotIncludeTests.class)
final class ImportTest {

    @ArchTest
    static void sawTheAnchorOfEachModule(JavaClasses classes) {
        assertThat(classes.contain(Event.class)).isTrue();
        assertThat(classes.contain(TextScorer.class)).isTrue();
        assertThat(classes.contain(Main.class)).isTrue();
    }

    @ArchTest
    static void sawWholeModulesNotAFewClassesOfThem(JavaClasses classes) {
        assertThat(countBelow("dev.tideline.patterns.", classes)).isGreaterThan(30);
        assertThat(countBelow("dev.tideline.nlp", classes)).isGreaterThan(5);
        assertThat(countBelow("dev.tideline.job.", classes)).isGreaterThan(20);
    }

    @ArchTest
    static void sawNoTests(JavaClasses classes) {
        assertThat(classes.contain(ImportTest.class)).isFalse();
    }

    private static long countBelow(String packagePrefix, JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getName)
                .filter(name -> name.startsWith(packagePrefix))
                .count();
    }
}
