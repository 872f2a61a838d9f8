package dev.sluice.validates;

/** The batch mode's shard {@link Shard#NEEDS_RUNNER}. */
final class BatchNeedsRunnerShard extends ShardRun {

  BatchNeedsRunnerShard() {
    super(Mode.BATCH, Shard.NEEDS_RUNNER);
  }
}
