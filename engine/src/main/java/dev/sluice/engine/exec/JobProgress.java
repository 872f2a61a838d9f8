package dev.sluice.engine.exec;

import java.util.List;

/** A job at one moment. */
public record JobProgress(List<StageProgress> stages) {

  /**
   * A stage at one moment.
   *
   * @param tasks how many there are, or 0 before the stage has started
   * @param records how many records its heads have emitted, in attempts that succeeded or run
   */
  public record StageProgress(
      int id, String name, int tasks, int succeeded, int running, long records) {

    public boolean done() {
      return tasks > 0 && succeeded == tasks;
    }
  }

  /** Records over all stages. */
  public long records() {
    return stages.stream().mapToLong(StageProgress::records).sum();
  }
}
