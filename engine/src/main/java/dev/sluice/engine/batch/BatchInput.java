package dev.sluice.engine.batch;

import dev.sluice.engine.batch.Inlet.Taken;
import dev.sluice.engine.exec.RunInput;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import java.util.List;
import java.util.Map;

/** What one batch reads. */
record BatchInput(
    Map<SourceNode, Taken> taken,
    long processingTime,
    boolean hastensClock,
    boolean drained,
    long batch,
    long durableBatch)
    implements RunInput {
  @Override
  public List<? extends Split<?>> splits(SourceNode source) {
    return taken.get(source).splits();
  }

  @Override
  public long watermark(SourceNode source) {
    return taken.get(source).watermark();
  }

  /** How many records there are, at most until they have been read. */
  long records() {
    return taken.values().stream().mapToLong(from -> from.records().getAsLong()).sum();
  }
}
