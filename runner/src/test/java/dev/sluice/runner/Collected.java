package dev.sluice.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Takes a collection out of a pipeline. Elements cross an exchange first, so only those count that
 * a successful attempt has output.
 */
final class Collected<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final Shared<AtomicReference<List<T>>> kept = Shared.of(new AtomicReference<>(List.of()));

  /** The elements, in no order; to be called when the pipeline has ended. */
  List<T> elements() {
    return kept.get().get();
  }

  @Override
  public PDone expand(PCollection<T> input) {
    input
        .apply("Windows", Window.into(new GlobalWindows()))
        .apply("Keys", WithKeys.of("all"))
        .apply("Group", GroupByKey.create())
        .apply("Keep", ParDo.of(new Keep<>(kept)));
    return PDone.in(input.getPipeline());
  }

  private static final class Keep<T> extends DoFn<KV<String, Iterable<T>>, Void> {
    private static final long serialVersionUID = 1L;
    private final Shared<AtomicReference<List<T>>> kept;

    Keep(Shared<AtomicReference<List<T>>> kept) {
      this.kept = kept;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<T>> group) {
      List<T> all = new ArrayList<>();
      group.getValue().forEach(all::add);
      kept.get().set(List.copyOf(all));
    }
  }
}
