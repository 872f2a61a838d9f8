package dev.sluice.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/** The DoFns of {@link ManyTransforms}. */
final class Branches {
  private Branches() {}

  private static List<Long> sorted(Iterable<Long> values) {
    List<Long> sorted = new ArrayList<>();
    values.forEach(sorted::add);
    Collections.sort(sorted);
    return sorted;
  }

  /** The value of a pair. */
  static final class Values extends DoFn<KV<String, Long>, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Long> pair, OutputReceiver<Long> out) {
      out.output(pair.getValue());
    }
  }

  /** Pairs with odd values. */
  static final class Odd extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Long> pair, OutputReceiver<KV<String, Long>> out) {
      if ((pair.getValue() & 1) == 1) {
        out.output(pair);
      }
    }
  }

  /** A group with its values in order. */
  static final class Sorted extends DoFn<KV<String, Iterable<Long>>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Iterable<Long>> group, OutputReceiver<String> out) {
      out.output(group.getKey() + sorted(group.getValue()));
    }
  }

  /** Both sides of a join with their values in order. */
  static final class Joined extends DoFn<KV<String, CoGbkResult>, String> {
    private static final long serialVersionUID = 1L;
    private final TupleTag<Long> left;
    private final TupleTag<Long> right;

    Joined(TupleTag<Long> left, TupleTag<Long> right) {
      this.left = left;
      this.right = right;
    }

    @ProcessElement
    public void process(@Element KV<String, CoGbkResult> group, OutputReceiver<String> out) {
      CoGbkResult joined = group.getValue();
      out.output(group.getKey() + sorted(joined.getAll(left)) + sorted(joined.getAll(right)));
    }
  }

  /** The sum of a key's values, when a timer fires that each of them sets. */
  static final class StatefulTotals extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;

    @StateId("total")
    private final StateSpec<CombiningState<Long, long[], Long>> total =
        StateSpecs.combining(Sum.ofLongs());

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair,
        @StateId("total") CombiningState<Long, long[], Long> state,
        @TimerId("end") Timer timer) {
      state.add(pair.getValue());
      timer.set(Instant.ofEpochSecond(200));
    }

    @OnTimer("end")
    public void onEnd(
        @Key String key,
        @StateId("total") CombiningState<Long, long[], Long> state,
        OutputReceiver<String> out) {
      out.output(key + "=" + state.read());
    }
  }

  /** What the side inputs have for an element. */
  static final class LooksUp extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Map<String, Long>> sums;
    private final PCollectionView<Map<String, Iterable<Long>>> all;
    private final PCollectionView<Long> largest;

    LooksUp(
        PCollectionView<Map<String, Long>> sums,
        PCollectionView<Map<String, Iterable<Long>>> all,
        PCollectionView<Long> largest) {
      this.sums = sums;
      this.all = all;
      this.largest = largest;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      String key = context.element().getKey();
      long count = 0;
      for (long value : context.sideInput(all).get(key)) {
        count += value == context.element().getValue() ? 1 : 0;
      }
      context.output(
          String.join(
              " ",
              context.element().toString(),
              "of " + context.sideInput(sums).get(key),
              "times " + count,
              "below " + context.sideInput(largest)));
    }
  }

  /** An element as text, with all that Beam knows of it. */
  static final class ToText<T> extends DoFn<T, String> {
    private static final long serialVersionUID = 1L;
    private final String branch;

    ToText(String branch) {
      this.branch = branch;
    }

    @ProcessElement
    public void process(
        @Element T element,
        @Timestamp Instant time,
        BoundedWindow window,
        OutputReceiver<String> out) {
      out.output(branch + ": " + element + " at " + time + " in " + window);
    }
  }
}
