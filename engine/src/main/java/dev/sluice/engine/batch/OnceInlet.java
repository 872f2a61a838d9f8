package dev.sluice.engine.batch;

import dev.sluice.engine.exec.OperatorException;
import dev.sluice.engine.exec.SplitScope;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.time.Watermark;
import java.util.Collections;
import java.util.List;

/** A finite source that the first batch reads to its end. */
final class OnceInlet implements Inlet {
  private final SourceNode node;
  private final int parallelism;
  private final TaskListener listener;
  private int partitions = -1;

  OnceInlet(SourceNode node, int parallelism, TaskListener listener) {
    this.node = node;
    this.parallelism = parallelism;
    this.listener = listener;
  }

  @Override
  public void start() {}

  @Override
  public boolean waiting() {
    return partitions < 0;
  }

  @Override
  public Taken take() {
    if (partitions >= 0) {
      return new Taken(Collections.nCopies(partitions, null), Watermark.END, true, 0);
    }
    try {
      List<? extends Split<?>> splits =
          SplitScope.of(listener, scope -> node.source().splits(parallelism, scope));
      partitions = splits.size();
      return new Taken(splits, Watermark.END, true, 0);
    } catch (Exception | Error e) {
      throw new OperatorException(node.name(), e);
    }
  }
}
