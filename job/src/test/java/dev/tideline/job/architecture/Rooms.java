package dev.tideline.job.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Optional;

/** The plan of the house: which room a class stands in. */
final class Rooms {

    static final String PIPELINE = "dev.tideline.job.Pipeline";

    /** The way that facts take, in their order. */
    static final List<String> STAGES = List.of("ingest", "score", "session", "person", "emit");

    private static final String JOB = "dev.tideline.job.";
    private static final String FRONT_DOOR = "dev.tideline.job.Main";

    private Rooms() {}

    static String[] packagesOfAllStages() {
        return STAGES.stream().map(stage -> JOB + stage + "..").toArray(String[]::new);
    }

    /** The stage that a class belongs to, its sub-packages included. */
    static Optional<String> stageOf(JavaClass type) {
        return STAGES.stream()
                .filter(stage -> (type.getPackageName() + ".").startsWith(JOB + stage + "."))
                .findFirst();
    }

    static SliceAssignment stages() {
        return assignment("stages", type -> stageOf(type).map(SliceIdentifier::of));
    }

    /** Each package is a room; Main, through which one only enters, stands before the house. */
    static SliceAssignment packages() {
        return assignment(
                "packages",
                type -> Optional.of(
                        SliceIdentifier.of(type.getName().equals(FRONT_DOOR) ? FRONT_DOOR : type.getPackageName())));
    }

    private interface Assigned {
        Optional<SliceIdentifier> slice(JavaClass type);
    }

    private static SliceAssignment assignment(String description, Assigned assigned) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return assigned.slice(type).orElseGet(SliceIdentifier::ignore);
            }

            @Override
            public String getDescription() {
                return description;
            }
        };
    }
}
