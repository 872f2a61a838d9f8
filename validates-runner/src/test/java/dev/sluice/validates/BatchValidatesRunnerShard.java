package dev.sluice.validates;

/** The batch mode's shard {@link Shard#VALIDATES_RUNNER}. */
final class BatchValidatesRunnerShard extends ShardRun {

  BatchValidatesRunnerShard() {
    super(Mode.BATCH, Shard.VALIDATES_RUNNER);
  }
}
