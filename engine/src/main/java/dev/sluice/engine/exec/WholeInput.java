package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.time.Clock;
import dev.sluice.engine.time.Watermark;
import java.util.List;

/** All that finite sources have, in one run. */
record WholeInput(Clock clock, int parallelism, TaskListener listener) implements RunInput {
  @Override
  public List<? extends Split<?>> splits(SourceNode source) throws Exception {
    return SplitScope.of(listener, scope -> source.source().splits(parallelism, scope));
  }

  @Override
  public long watermark(SourceNode source) {
    return Watermark.END;
  }

  @Override
  public long processingTime() {
    return clock.nowMs();
  }

  @Override
  public boolean hastensClock() {
    return true;
  }
}
