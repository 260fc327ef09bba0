package dev.tideline.job.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.tideline.job.ingest.UserGate;
import dev.tideline.job.person.FactHistory;
import dev.tideline.job.person.ProfileState;
import dev.tideline.job.person.Standing;
import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.job.session.SessionTotals;
import dev.tideline.job.store.StoreRow;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.Signal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What travels, or rests in state, is what Flink serialises by itself, down to the last field. */
final class TravellingRecordsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("dev.tideline.job", "dev.tideline.patterns");

    /** Something that Flink can only hand to Kryo. */
    public record Stranger(Object anything) {}

    @ParameterizedTest
    @MethodSource("travelling")
    void travelsWithoutKryo(Class<?> type) {
        TypeInformation<?> information = TypeInformation.of(type);

        assertThat(information).isInstanceOf(PojoTypeInfo.class);
        assertThat(leaves(information)).noneMatch(GenericTypeInfo.class::isInstance);
        assertThat(information.createSerializer(withoutKryo())).isNotNull();
    }

    @Test
    void wouldNoticeWhatOnlyKryoCanWrite() {
        TypeInformation<Stranger> information = TypeInformation.of(Stranger.class);

        assertThat(leaves(information)).anyMatch(GenericTypeInfo.class::isInstance);
        assertThatThrownBy(() -> information.createSerializer(withoutKryo()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void reallySawTheRecords() {
        assertThat(travelling())
                .contains(Arrival.class, Event.class, Result.class, Signal.Evidence.class)
                .contains(RuleRevision.class, RuleReport.class, RuleStatus.class, NewDataKey.class, StoreRow.class)
                .contains(Standing.class, ProfileState.class, FactHistory.class, UserGate.class, SessionTotals.class);
    }

    /**
     * All records of the facts, and those of ours that the job names to Flink: by {@code X.class}, in its operators. What a
     * source's own reader hands to itself ({@code Fetched}) never leaves it; the demo runs beside the job.
     */
    private static List<Class<?>> travelling() {
        Stream<JavaClass> facts =
                HOUSE.stream().filter(type -> type.getPackageName().equals("dev.tideline.patterns.fact"));
        Stream<JavaClass> named = HOUSE.stream()
                .filter(type -> type.getPackageName().startsWith("dev.tideline.job"))
                .filter(type -> !type.getPackageName().startsWith("dev.tideline.job.demo"))
                .flatMap(type -> type.getReferencedClassObjects().stream())
                .map(reference -> reference.getRawType());
        Stream<JavaClass> totals = HOUSE.stream().filter(type -> type.isEquivalentTo(SessionTotals.class));
        Set<String> names = new TreeSet<>();
        Stream.of(facts, named, totals)
                .flatMap(types -> types)
                .filter(JavaClass::isRecord)
                .filter(type -> type.getName().startsWith("dev.tideline."))
                .filter(type -> !Set.of("Fetched", "Stranger").contains(type.getSimpleName()))
                .forEach(type -> names.add(type.getName()));
        return names.stream().<Class<?>>map(name -> HOUSE.get(name).reflect()).toList();
    }

    private static List<TypeInformation<?>> leaves(TypeInformation<?> information) {
        return Stream.concat(
                        Stream.of(information),
                        information.getGenericParameters().values().stream().flatMap(part -> leaves(part).stream()))
                .flatMap(part -> part instanceof PojoTypeInfo<?> pojo ? withFields(pojo) : Stream.of(part))
                .toList();
    }

    private static Stream<TypeInformation<?>> withFields(PojoTypeInfo<?> pojo) {
        Stream<TypeInformation<?>> fields = Stream.of(pojo.getFieldNames())
                .flatMap(name ->
                        leaves(pojo.getPojoFieldAt(pojo.getFieldIndex(name)).getTypeInformation()).stream());
        return Stream.concat(Stream.of(pojo), fields);
    }

    private static SerializerConfigImpl withoutKryo() {
        SerializerConfigImpl configuration = new SerializerConfigImpl();
        configuration.setGenericTypes(false);
        return configuration;
    }
}
