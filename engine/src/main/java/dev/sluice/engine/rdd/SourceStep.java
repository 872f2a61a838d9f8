package dev.sluice.engine.rdd;

import dev.sluice.engine.exec.SplitScope;
import dev.sluice.engine.plan.Source;
import java.util.List;

/** Reads a source. Its splits are asked for once, so that partitions stay what they are. */
final class SourceStep implements Step {
  private final Label label;
  private final Source<?> source;
  private final int parallelism;
  private List<? extends Source.Split<?>> splits;

  SourceStep(Label label, Source<?> source, int parallelism) {
    this.label = label;
    this.source = source;
    this.parallelism = parallelism;
  }

  private synchronized List<? extends Source.Split<?>> splits() {
    if (splits == null) {
      try {
        splits = List.copyOf(source.splits(parallelism, new SplitScope()));
      } catch (Exception e) {
        throw RddException.of(label.toString(), e);
      }
    }
    return splits;
  }

  @Override
  public List<Dataset> parents() {
    return List.of();
  }

  @Override
  public int partitions() {
    return splits().size();
  }

  @Override
  public List<Branch> plan(JobPlan job, Label of, Partitions wanted) {
    List<? extends Source.Split<?>> all = splits();
    return List.of(
        job.source(label.toString(), wanted.stream().mapToObj(all::get).toList(), wanted));
  }

  @Override
  public boolean stoppable() {
    return true;
  }
}
