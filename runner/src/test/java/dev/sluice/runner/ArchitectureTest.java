package dev.sluice.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The runner stands on the translation and on what runs plans; it is what users see. */
@AnalyzeClasses(
    packages = "dev.sluice.runner",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule importsNoInsides =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.engine.codec..",
              "dev.sluice.engine.exchange..",
              "dev.sluice.engine.rdd..",
              "dev.sluice.translation.coder..",
              "dev.sluice.translation.group..",
              "dev.sluice.translation.sideinput..",
              "dev.sluice.translation.source..",
              "dev.sluice.translation.timers..");

  @ArchTest
  static final ArchRule isFinal =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .areTopLevelClasses()
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest static final ArchRule noStaticState = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule noDrawers =
      noClasses().should().resideInAnyPackage("..util..", "..common..", "..helpers..");
}
