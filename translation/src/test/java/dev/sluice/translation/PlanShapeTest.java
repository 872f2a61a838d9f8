package dev.sluice.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.plan.Planner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CrashingRunner;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

/** Which stages pipelines become. */
class PlanShapeTest {
  private final Pipeline pipeline = Pipeline.create(neverRun());

  @Test
  void aChainOfParDosIsOneStageWithItsSource() {
    numbers()
        .apply("First", ParDo.of(new Pass<>()))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(5))))
        .apply("Second", ParDo.of(new Pass<>()));
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          | First/ParMultiDo(Pass)
          | Windows/Window.Assign
          | Second/ParMultiDo(Pass)
        """);
  }

  @Test
  void aGroupByKeyIsAnExchangeBetweenTwoStages() {
    pairs().apply("Group", GroupByKey.create()).apply("Behind", ParDo.of(new Pass<>()));
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          | Keys/AddKeys/Map/ParMultiDo(Anonymous)
          => group Group
        Stage 1 after 0
          take Group
          | Group
          | Behind/ParMultiDo(Pass)
        """);
  }

  @Test
  void aCombineIsDoneInPartBeforeItsExchange() {
    pairs().apply("Sum", Sum.longsPerKey());
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          | Keys/AddKeys/Map/ParMultiDo(Anonymous)
          | Sum
          => group Sum
        Stage 1 after 0
          take Sum
          | Sum
        """);
  }

  @Test
  void elementsInSeveralWindowsAreSplitBeforeTheyAreGrouped() {
    pairs()
        .apply("Windows", Window.into(SlidingWindows.of(Duration.millis(5))))
        .apply("Group", GroupByKey.create());
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          | Keys/AddKeys/Map/ParMultiDo(Anonymous)
          | Windows/Window.Assign
          | Group/ExplodeWindows
          => group Group
        Stage 1 after 0
          take Group
          | Group
        """);
  }

  @Test
  void aFlattenIsNoStageAndItsConsumerStandsInEach() {
    PCollection<Long> others = pipeline.apply("Others", GenerateSequence.from(5).to(9));
    PCollectionList.of(numbers())
        .and(others)
        .apply("Union", Flatten.pCollections())
        .apply("Behind", ParDo.of(new Pass<>()));
    assertPlan(
        """
        Stage 0
          read Others/Read(BoundedCountingSource)
          | Behind/ParMultiDo(Pass)
        Stage 1
          read Numbers/Read(BoundedCountingSource)
          | Behind/ParMultiDo(Pass)
        """);
  }

  @Test
  void aSideInputFromAnotherSourceIsComputedBefore() {
    PCollectionView<Iterable<Long>> view =
        pipeline.apply("Others", GenerateSequence.from(5).to(6)).apply("View", View.asIterable());
    numbers().apply("Look", ParDo.of(new Pass<Long>()).withSideInputs(view));
    assertPlan(
        """
        Stage 0
          read Others/Read(BoundedCountingSource)
          | View/MapElements/Map/ParMultiDo(Anonymous)
          => broadcast View/View.CreatePCollectionView
        Stage 1 after 0
          read Numbers/Read(BoundedCountingSource)
          | Look/ParMultiDo(Pass)  with View/View.CreatePCollectionView
        """);
  }

  @Test
  void aSideInputFromTheSameSourceCutsItsConsumerOff() {
    PCollection<Long> numbers = numbers();
    PCollectionView<Iterable<Long>> view = numbers.apply("View", View.asIterable());
    numbers
        .apply("Before", ParDo.of(new Pass<>()))
        .apply("Look", ParDo.of(new Pass<Long>()).withSideInputs(view));
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          | View/MapElements/Map/ParMultiDo(Anonymous)
          | Before/ParMultiDo(Pass)
          => broadcast View/View.CreatePCollectionView
          => pin Look/ParMultiDo(Pass)/PinnedInput
        Stage 1 after 0
          take Look/ParMultiDo(Pass)/PinnedInput
          | Look/ParMultiDo(Pass)  with View/View.CreatePCollectionView
        """);
  }

  @Test
  void stableInputCutsItsConsumerOff() {
    numbers()
        .apply("Before", ParDo.of(new Pass<>()))
        .apply("Consumer", ParDo.of(new PassStable<>()));
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          | Before/ParMultiDo(Pass)
          => pin Consumer/ParMultiDo(PassStable)/StableInput
        Stage 1 after 0
          take Consumer/ParMultiDo(PassStable)/StableInput
          | Consumer/ParMultiDo(PassStable)
        """);
  }

  @Test
  void aDoFnWithStateIsBehindAnExchangeByKey() {
    pairs().apply("State", ParDo.of(new Stateful()));
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          | Keys/AddKeys/Map/ParMultiDo(Anonymous)
          => group State/ParMultiDo(Stateful)/ByKey
        Stage 1 after 0
          take State/ParMultiDo(Stateful)/ByKey
          | State/ParMultiDo(Stateful)
        """);
  }

  @Test
  void aRedistributionIsAnExchangeOfItsOwn() {
    numbers().apply("Spread", Redistribute.arbitrarily()).apply("Behind", ParDo.of(new Pass<>()));
    assertPlan(
        """
        Stage 0
          read Numbers/Read(BoundedCountingSource)
          => route Spread
        Stage 1 after 0
          take Spread
          | Behind/ParMultiDo(Pass)
        """);
  }

  private PCollection<Long> numbers() {
    return pipeline.apply("Numbers", GenerateSequence.from(0).to(5));
  }

  private PCollection<KV<String, Long>> pairs() {
    return numbers().apply("Keys", WithKeys.of("key"));
  }

  private void assertPlan(String expected) {
    assertEquals(expected, Planner.plan(PipelineTranslator.translate(pipeline)).explain());
  }

  private static PipelineOptions neverRun() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(CrashingRunner.class);
    return options;
  }
}
