package dev.sluice.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;

/** What the packages of the engine may know, and what they may not hold. */
@AnalyzeClasses(
    packages = "dev.sluice.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knowsNothingOfBeam =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.beam..");

  // Hadoop is optional: whatever else imports it fails where it is absent.
  @ArchTest
  static final ArchRule knowsHadoopInOnePlaceOnly =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.sluice\\.engine\\.storage\\.Hadoop.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  // So is RocksDB.
  @ArchTest
  static final ArchRule knowsRocksDbInOnePlaceOnly =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.sluice\\.engine\\.state\\.Disk.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..");

  // Each layer with all that it may import; a layer that is not there is no error.
  @ArchTest
  static final ArchRule importsDownwardsOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("time")
          .definedBy("dev.sluice.engine.time..")
          .layer("codec")
          .definedBy("dev.sluice.engine.codec..")
          .layer("storage")
          .definedBy("dev.sluice.engine.storage..")
          .layer("memory")
          .definedBy("dev.sluice.engine.memory..")
          .layer("event")
          .definedBy("dev.sluice.engine.event..")
          .layer("state")
          .definedBy("dev.sluice.engine.state..")
          .layer("plan")
          .definedBy("dev.sluice.engine.plan..")
          .layer("exchange")
          .definedBy("dev.sluice.engine.exchange..")
          .layer("exec")
          .definedBy("dev.sluice.engine.exec..")
          .layer("rdd")
          .definedBy("dev.sluice.engine.rdd..")
          .layer("checkpoint")
          .definedBy("dev.sluice.engine.checkpoint..")
          .layer("receiver")
          .definedBy("dev.sluice.engine.receiver..")
          .layer("batch")
          .definedBy("dev.sluice.engine.batch..")
          .layer("stream")
          .definedBy("dev.sluice.engine.stream..")
          .whereLayer("time")
          .mayNotAccessAnyLayer()
          .whereLayer("codec")
          .mayNotAccessAnyLayer()
          .whereLayer("storage")
          .mayNotAccessAnyLayer()
          .whereLayer("event")
          .mayNotAccessAnyLayer()
          .whereLayer("memory")
          .mayOnlyAccessLayers("time", "codec")
          .whereLayer("state")
          .mayOnlyAccessLayers("time", "codec")
          .whereLayer("plan")
          .mayOnlyAccessLayers("time", "codec", "state")
          .whereLayer("exchange")
          .mayOnlyAccessLayers("codec", "memory", "plan")
          .whereLayer("exec")
          .mayOnlyAccessLayers("time", "codec", "memory", "event", "state", "plan", "exchange")
          .whereLayer("rdd")
          .mayOnlyBeAccessedByLayers("stream")
          .whereLayer("receiver")
          .mayOnlyAccessLayers("time", "codec", "memory", "event", "plan")
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("time", "codec", "storage")
          .whereLayer("batch")
          .mayOnlyAccessLayers(
              "time",
              "codec",
              "storage",
              "memory",
              "event",
              "state",
              "plan",
              "exec",
              "checkpoint",
              "receiver")
          .whereLayer("stream")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("dev.sluice.engine.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule hasNoPackageOfOddsAndEnds =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..");

  @ArchTest
  static final ArchRule hasNoStaticState =
      fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal()
          .andShould(holdNothingThatChanges())
          .allowEmptyShould(true);

  private static ArchCondition<JavaField> holdNothingThatChanges() {
    return new ArchCondition<>("hold nothing that changes") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        if (changes(field.reflect())) {
          events.add(
              SimpleConditionEvent.violated(field, field.getDescription() + " holds what changes"));
        }
      }
    };
  }

  private static boolean changes(Field field) {
    Object value;
    try {
      field.setAccessible(true);
      value = field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError("cannot read " + field, e);
    }
    return value != null
        && (value.getClass().isArray()
            ? Array.getLength(value) > 0
            : isCollection(value) ? !isImmutable(value) : isHolder(value));
  }

  private static boolean isCollection(Object value) {
    return value instanceof Collection<?> || value instanceof Map<?, ?>;
  }

  private static boolean isImmutable(Object collection) {
    String type = collection.getClass().getName();
    return type.startsWith("java.util.ImmutableCollections$")
        || type.startsWith("java.util.Collections$Empty");
  }

  private static boolean isHolder(Object value) {
    return value instanceof ThreadLocal<?>
        || value instanceof StringBuilder
        || value.getClass().getPackageName().equals("java.util.concurrent.atomic");
  }
}
