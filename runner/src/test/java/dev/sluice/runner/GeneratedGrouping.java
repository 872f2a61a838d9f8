package dev.sluice.runner;

import dev.sluice.runner.GeneratedElement.Span;
import dev.sluice.runner.GeneratedShape.Fact;
import dev.sluice.runner.GeneratedShape.Windowing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** A grouping by key: of all values, which are then taken one by one, or of their sum. */
record GeneratedGrouping(Kind kind) implements GeneratedStep {
  private static final int FANOUT = 2;

  enum Kind {
    GROUP,
    SUM,
    SUM_WITH_FANOUT
  }

  @Override
  public boolean fits(GeneratedShape shape) {
    // Beam's fanout gives the parts of a session one by one, each at its own end. When the second
    // comes, the first may be over.
    boolean parts = kind == Kind.SUM_WITH_FANOUT && shape.is(Windowing.SESSIONS);
    return shape.canBeGrouped() && !shape.is(Fact.PANES) && !parts;
  }

  @Override
  public GeneratedShape after(GeneratedShape shape) {
    GeneratedShape grouped = shape.grouped();
    if (kind == Kind.GROUP) {
      return grouped;
    }
    boolean complete = shape.hasOnePane() || grouped.is(Fact.PANES);
    return grouped.with(Fact.KNOWN, complete && shape.is(Fact.EXACT));
  }

  @Override
  public PCollection<KV<String, Long>> apply(String name, PCollection<KV<String, Long>> input) {
    Combine.PerKey<String, Long, Long> sum = Sum.longsPerKey();
    return switch (kind) {
      case GROUP ->
          input
              .apply(name + " group", GroupByKey.create())
              .apply(name + " values", ParDo.of(new ValuesFn()));
      case SUM -> input.apply(name + " sum", sum);
      case SUM_WITH_FANOUT -> input.apply(name + " sum", sum.withHotKeyFanout(FANOUT));
    };
  }

  @Override
  public List<GeneratedElement> compute(List<GeneratedElement> input, GeneratedShape shape) {
    List<GeneratedElement> output = new ArrayList<>();
    for (List<GeneratedElement> group : groups(input, shape)) {
      GeneratedElement first = group.get(0);
      LongStream times = group.stream().mapToLong(GeneratedElement::time);
      long time =
          switch (shape.times()) {
            case EARLIEST -> times.min().getAsLong();
            case LATEST -> times.max().getAsLong();
            case END_OF_WINDOW -> first.window().last();
          };
      if (kind == Kind.GROUP) {
        group.forEach(element -> output.add(element.at(time, first.window())));
      } else {
        long sum = group.stream().mapToLong(GeneratedElement::value).sum();
        output.add(first.with(first.key(), sum).at(time, first.window()));
      }
    }
    return output;
  }

  /** The elements of each key and window, in that window. */
  static Collection<List<GeneratedElement>> groups(
      List<GeneratedElement> input, GeneratedShape shape) {
    boolean merging = shape.is(Windowing.SESSIONS) && !shape.is(Fact.MERGED);
    Map<String, List<GeneratedElement>> groups = new TreeMap<>();
    for (GeneratedElement element : merging ? merged(input) : input) {
      String name = element.key() + " " + element.window();
      groups.computeIfAbsent(name, n -> new ArrayList<>()).add(element);
    }
    return groups.values();
  }

  /** The elements in the sessions of their keys. */
  private static List<GeneratedElement> merged(List<GeneratedElement> input) {
    Map<String, List<GeneratedElement>> byKey = new TreeMap<>();
    for (GeneratedElement element : input.stream().sorted().toList()) {
      byKey.computeIfAbsent(element.key(), key -> new ArrayList<>()).add(element);
    }
    List<GeneratedElement> output = new ArrayList<>();
    for (List<GeneratedElement> elements : byKey.values()) {
      List<GeneratedElement> session = new ArrayList<>();
      Span window = elements.get(0).window();
      for (GeneratedElement element : elements) {
        Span next = element.window();
        if (next.start() >= window.end()) {
          addAll(session, window, output);
          session.clear();
          window = next;
        }
        window = new Span(window.start(), Math.max(window.end(), next.end()));
        session.add(element);
      }
      addAll(session, window, output);
    }
    return output;
  }

  private static void addAll(
      List<GeneratedElement> session, Span window, List<GeneratedElement> output) {
    session.forEach(element -> output.add(element.at(element.time(), window)));
  }

  private static final class ValuesFn extends DoFn<KV<String, Iterable<Long>>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Long>> group, OutputReceiver<KV<String, Long>> out) {
      group.getValue().forEach(value -> out.output(KV.of(group.getKey(), value)));
    }
  }
}
