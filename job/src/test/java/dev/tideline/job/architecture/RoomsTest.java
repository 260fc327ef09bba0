package dev.tideline.job.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may see whom. */
@AnalyzeClasses(packages = "dev.tideline", importOptions = DoNotIncludeTests.class)
final class RoomsTest {

    @ArchTest
    static final ArchRule packagesFormNoCycles = slices().assignedFrom(Rooms.packages())
            .should()
            .beFreeOfCycles()
            .because("what runs in a circle can be neither read nor tested in parts");

    @ArchTest
    static final ArchRule stagesDoNotSeeEachOther = slices().assignedFrom(Rooms.stages())
            .should()
            .notDependOnEachOther()
            .because("what passes between stages is a public record of patterns, and Pipeline does the plumbing");

    @ArchTest
    static final ArchRule onlyThePipelineSeesAllStages = classes()
            .that()
            .doNotHaveFullyQualifiedName(Rooms.PIPELINE)
            .should(notSeeAllStages())
            .because("there is one graph, and every test and command builds that one");

    @ArchTest
    static final ArchRule patternsAndNlpKnowNoConnectors = noClasses()
            .that()
            .resideInAnyPackage("dev.tideline.patterns..", "dev.tideline.nlp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.apache.flink.connector..",
                    "org.postgresql..",
                    "org.flywaydb..",
                    "java.sql..",
                    "javax.sql..")
            .because("what we look for and what a text means do not depend on where facts come from and go to");

    @ArchTest
    static final ArchRule patternsAndNlpKnowNeitherTheJobNorEachOther = noClasses()
            .that()
            .resideInAPackage("dev.tideline.patterns..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tideline.job..", "dev.tideline.nlp..")
            .because("the job uses both, and each can be understood without the others");

    @ArchTest
    static final ArchRule nlpKnowsNothingOfTheRest = noClasses()
            .that()
            .resideInAPackage("dev.tideline.nlp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tideline.job..", "dev.tideline.patterns..", "org.apache.flink..")
            .because("a text can be scored without a stream, and is, by a command and in tests");

    @ArchTest
    static final ArchRule onlySequencesUseFlinkInPatterns = noClasses()
            .that()
            .resideInAPackage("dev.tideline.patterns..")
            .and()
            .resideOutsideOfPackage("dev.tideline.patterns.sequence..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because("segments, alerts and trends are plain arithmetic over facts");

    @ArchTest
    static final ArchRule sequencesUseOfFlinkNoMoreThanCepAndState = noClasses()
            .that()
            .resideInAPackage("dev.tideline.patterns.sequence..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.flink..")
                    .and(resideOutsideOfPackages(
                            "org.apache.flink.cep..",
                            "org.apache.flink.api.common..",
                            "org.apache.flink.api.java.tuple", // what CEP's automaton answers with
                            "org.apache.flink.core.memory..",
                            "org.apache.flink.util..")))
            .because("the matcher is hosted by an operator, it does not know one");

    @ArchTest
    static final ArchRule coreNlpStandsBehindOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tideline.nlp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("edu.stanford..")
            .because("another model must be able to take its place");

    private static ArchCondition<JavaClass> notSeeAllStages() {
        return new ArchCondition<>("not see all stages") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<String> seen = type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .map(Rooms::stageOf)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
                if (seen.containsAll(Rooms.STAGES)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " sees all stages"));
                }
            }
        };
    }
}
