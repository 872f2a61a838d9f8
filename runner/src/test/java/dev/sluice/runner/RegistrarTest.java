package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Beam finds the runners and their options. */
class RegistrarTest {

  @ParameterizedTest
  @ValueSource(classes = {SluiceRunner.class, TestSluiceRunner.class})
  void findsTheRunnerByItsName(Class<?> runner) {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs("--runner=" + runner.getSimpleName()).create();
    assertEquals(runner, options.getRunner());
    PipelineRunner<?> made = PipelineRunner.fromOptions(options);
    assertInstanceOf(runner, made);
    assertEquals(runner.getSimpleName(), made.toString());
  }

  @Test
  void findsTheOptionsWithoutBeingTold() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--parallelism=3").create();
    assertEquals(3, options.as(SluicePipelineOptions.class).getParallelism());
  }

  static Stream<Method> options() {
    return Arrays.stream(SluicePipelineOptions.class.getDeclaredMethods())
        .filter(method -> method.getName().startsWith("get"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void describesEachOptionWithItsDefault(Method getter) {
    Description description = getter.getAnnotation(Description.class);
    assertNotNull(description, getter::getName);
    assertTrue(description.value().contains("Default: "), description::value);
  }

  @ParameterizedTest
  @MethodSource("options")
  void printsEachOptionAsHelp(Method getter) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PipelineOptionsFactory.printHelp(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), SluicePipelineOptions.class);
    String help = bytes.toString(StandardCharsets.UTF_8);
    String option =
        Character.toLowerCase(getter.getName().charAt(3)) + getter.getName().substring(4);
    assertFalse(help.isEmpty());
    assertTrue(help.contains("--" + option + "="), help);
  }
}
