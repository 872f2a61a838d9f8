package dev.sluice.engine.exec;

import java.util.List;

/** A job at one moment. */
public record JobProgress(List<StageProgress> stages) {

  /**
   * A stage at one moment.
   *
   * @param done whether all its tasks have succeeded
   * @param tasks how many there are, or 0 before the stage has started
   * @param fraction which part of its input was read, as far as the tasks say, from 0 to 1
   * @param records how many records its heads have emitted, in attempts that succeeded or run
   */
  public record StageProgress(
      int id,
      String name,
      boolean done,
      int tasks,
      int succeeded,
      int running,
      double fraction,
      long records) {}

  /** Records over all stages. */
  public long records() {
    return stages.stream().mapToLong(StageProgress::records).sum();
  }
}
