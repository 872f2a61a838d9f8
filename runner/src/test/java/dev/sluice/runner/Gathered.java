package dev.sluice.runner;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Duration;

/**
 * Takes a collection out of a stream when that has come to its end. Elements cross an exchange
 * first, so only those count that a successful attempt has output.
 */
final class Gathered<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final Shared<List<T>> kept = Shared.of(new CopyOnWriteArrayList<>());

  /** The elements, in no order. */
  List<T> elements() {
    return kept.get();
  }

  /** The elements in their natural order. */
  List<T> sorted() {
    return elements().stream().sorted().toList();
  }

  @Override
  public PDone expand(PCollection<T> input) {
    input
        .apply(
            "Windows",
            Window.<T>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterWatermark.pastEndOfWindow()))
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply("Keys", WithKeys.of("all"))
        .apply("Group", GroupByKey.create())
        .apply("Keep", ParDo.of(new Keep<>(kept)));
    return PDone.in(input.getPipeline());
  }

  private static final class Keep<T> extends DoFn<KV<String, Iterable<T>>, Void> {
    private static final long serialVersionUID = 1L;
    private final Shared<List<T>> kept;

    Keep(Shared<List<T>> kept) {
      this.kept = kept;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<T>> group) {
      group.getValue().forEach(kept.get()::add);
    }
  }
}
