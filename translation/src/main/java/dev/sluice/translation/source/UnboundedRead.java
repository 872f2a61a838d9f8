package dev.sluice.translation.source;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverSource;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.metrics.MetricsScope;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * A Beam unbounded source as reliable receivers, one for each of its splits. A block carries the
 * source's checkpoint mark, which is finalized when the batch that read the block is committed.
 *
 * @param transform full name of the read, under which its metrics are counted
 * @param elements codes elements; with their ids where the source asks for that
 */
public record UnboundedRead<T, MarkT extends CheckpointMark>(
    UnboundedSource<T, MarkT> source,
    SerializablePipelineOptions options,
    String transform,
    Codec<? extends WindowedValue<?>> elements,
    ReadSettings settings)
    implements ReceiverSource<Object> {

  @Override
  public List<Receiver<Object>> receivers(int parallelism, TaskScope scope) throws Exception {
    return receivers(parallelism, scope, null);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Codec<Object> markCodec() {
    Coder<MarkT> coder = source.getCheckpointMarkCoder();
    return coder == null
        ? null
        : (Codec<Object>) (Codec<?>) new MarkCodec<>(new CoderCodec<>(coder, transform));
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Receiver<Object>> receivers(int parallelism, TaskScope scope, List<Object> marks)
      throws Exception {
    MetricsScope metrics = MetricsScope.of(scope, transform);
    MetricsContainer previous = metrics.enter();
    try {
      List<Receiver<Object>> receivers = new ArrayList<>();
      List<? extends UnboundedSource<T, MarkT>> splits = source.split(parallelism, options.get());
      ReadSettings share = settings.sharedBy(Math.max(1, splits.size()));
      for (UnboundedSource<T, MarkT> split : splits) {
        int number = receivers.size();
        MarkT mark = marks == null || number >= marks.size() ? null : (MarkT) marks.get(number);
        receivers.add(new SplitReceiver<>(options, transform, split, number, share, mark));
      }
      if (receivers.isEmpty()) {
        throw new IllegalStateException("the source of " + transform + " has no split");
      }
      if (marks != null && receivers.size() != marks.size()) {
        throw new IllegalStateException(
            "the source of "
                + transform
                + " had "
                + marks.size()
                + " splits when the checkpoint was written and has "
                + receivers.size()
                + " now: its marks do not fit");
      }
      return receivers;
    } finally {
      metrics.exit(previous);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public Codec<Object> codec() {
    return new ReadCodec<>((Codec<WindowedValue<Object>>) elements, transform);
  }
}
