package dev.sluice.translation;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages import downwards, as their descriptions say. */
@AnalyzeClasses(
    packages = "dev.sluice.translation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.sluice.translation";
  private static final String ENGINE = "dev.sluice.engine.";

  @ArchTest static final ArchRule coder = imports("coder", ENGINE + "codec");

  @ArchTest static final ArchRule metrics = imports("metrics", ENGINE + "plan", ENGINE + "exec");

  @ArchTest
  static final ArchRule state =
      imports("state", ENGINE + "state", ENGINE + "time", ENGINE + "codec", ROOT + ".timers");

  @ArchTest
  static final ArchRule timers =
      imports("timers", ENGINE + "time", ENGINE + "state", ENGINE + "plan");

  @ArchTest
  static final ArchRule sideinput =
      imports(
          "sideinput",
          ENGINE + "time",
          ENGINE + "codec",
          ENGINE + "state",
          ENGINE + "plan",
          ROOT + ".coder",
          ROOT + ".metrics");

  @ArchTest
  static final ArchRule dofn =
      imports(
          "dofn",
          ENGINE + "time",
          ENGINE + "codec",
          ENGINE + "state",
          ENGINE + "plan",
          ROOT + ".coder",
          ROOT + ".metrics",
          ROOT + ".state",
          ROOT + ".timers",
          ROOT + ".sideinput");

  @ArchTest
  static final ArchRule group =
      imports(
          "group",
          ENGINE + "time",
          ENGINE + "codec",
          ENGINE + "state",
          ENGINE + "plan",
          ROOT + ".coder",
          ROOT + ".metrics",
          ROOT + ".state",
          ROOT + ".timers",
          ROOT + ".sideinput");

  @ArchTest
  static final ArchRule source =
      imports(
          "source",
          ENGINE + "time",
          ENGINE + "codec",
          ENGINE + "state",
          ENGINE + "plan",
          ENGINE + "receiver",
          ROOT + ".coder",
          ROOT + ".metrics",
          ROOT + ".state");

  @ArchTest
  static final ArchRule root =
      imports(
          "",
          ENGINE + "time",
          ENGINE + "codec",
          ENGINE + "plan",
          ENGINE + "receiver",
          ENGINE + "batch",
          ROOT + ".*");

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule noStaticState = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule noDrawers =
      noClasses().should().resideInAnyPackage("..util..", "..common..", "..helpers..");

  /** A package may import Beam, Java and {@code others}; of Sluice nothing else. */
  private static ArchRule imports(String name, String... others) {
    String own = name.isEmpty() ? ROOT : ROOT + "." + name;
    DescribedPredicate<JavaClass> foreign =
        resideInAPackage("dev.sluice..")
            .and(resideOutsideOfPackages(own))
            .and(DescribedPredicate.not(resideInAnyPackage(others)))
            .as("what it must not import");
    return noClasses().that().resideInAPackage(own).should().dependOnClassesThat(foreign);
  }
}
