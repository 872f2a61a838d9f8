package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.time.Clock;
import dev.sluice.engine.time.Watermark;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs of one plan that continue each other, whose sources have one partition each and give what a
 * test has put there for the next run.
 */
final class Runs implements AutoCloseable {
  private final StagePlan plan;
  private final JobOptions options;
  private final TestBed bed;
  private final Continuation continuation;
  private final Map<SourceNode, List<Object>> given = new HashMap<>();
  private final Map<SourceNode, Long> watermarks = new HashMap<>();
  private long processingTime;
  private boolean ended;

  Runs(StagePlan plan, boolean skipEmptyPartitions) {
    this.plan = plan;
    this.options = JobOptions.DEFAULTS.withSkipEmptyPartitions(skipEmptyPartitions);
    this.bed = new TestBed(new SeededExecutor(1, 2), Backend.LARGE_BYTES, Clock.system());
    this.continuation = new Continuation(plan, 2);
  }

  Runs give(Port source, Object... elements) {
    given.put((SourceNode) source.node(), List.of(elements));
    return this;
  }

  Runs watermark(Port source, long watermark) {
    watermarks.put((SourceNode) source.node(), watermark);
    return this;
  }

  Runs time(long time) {
    processingTime = time;
    return this;
  }

  Runs end() {
    ended = true;
    return this;
  }

  JobResult run() throws Exception {
    Input input = new Input(Map.copyOf(given), Map.copyOf(watermarks), processingTime, ended);
    given.clear();
    JobResult result =
        Job.continuing(
                plan,
                options,
                bed.environment(),
                TestBed.NO_TASK_LISTENER,
                List.of(),
                continuation,
                input)
            .run();
    bed.assertNothingLeft();
    return result;
  }

  Continuation continuation() {
    return continuation;
  }

  @Override
  public void close() throws IOException {
    bed.close();
  }

  private record Input(
      Map<SourceNode, List<Object>> given,
      Map<SourceNode, Long> watermarks,
      long processingTime,
      boolean hastensClock)
      implements RunInput {
    @Override
    public List<? extends Split<?>> splits(SourceNode source) {
      List<Object> elements = given.get(source);
      Split<Object> split = elements == null ? null : (output, s) -> elements.forEach(output::emit);
      return Collections.singletonList(split);
    }

    @Override
    public long watermark(SourceNode source) {
      return watermarks.getOrDefault(source, Watermark.START);
    }
  }
}
