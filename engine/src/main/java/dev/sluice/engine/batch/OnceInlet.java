package dev.sluice.engine.batch;

import dev.sluice.engine.exec.SplitScope;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** A finite source that the first batch reads to its end. */
final class OnceInlet implements Inlet {
  private final SourceNode node;
  private final int parallelism;
  private final TaskListener listener;
  private List<? extends Split<?>> splits = List.of();
  private boolean taken;

  OnceInlet(SourceNode node, int parallelism, TaskListener listener) {
    this.node = node;
    this.parallelism = parallelism;
    this.listener = listener;
  }

  @Override
  public void start() throws Exception {
    if (taken) {
      return;
    }
    splits = SplitScope.of(listener, scope -> node.source().splits(parallelism, scope));
  }

  @Override
  public Place place() {
    int count = splits.size();
    return out -> out.writeInt(count);
  }

  /** It was read by the first batch of a process before this one. */
  void startAt(DataInputStream place) throws IOException {
    splits = Collections.nCopies(place.readInt(), null);
    taken = true;
  }

  @Override
  public boolean waiting() {
    return !taken;
  }

  @Override
  public Taken take() {
    List<? extends Split<?>> now = taken ? Collections.nCopies(splits.size(), null) : splits;
    taken = true;
    return new Taken(now, Watermark.END, true, () -> 0);
  }
}
