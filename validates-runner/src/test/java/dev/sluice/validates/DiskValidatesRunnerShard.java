package dev.sluice.validates;

/** The disk mode's shard {@link Shard#VALIDATES_RUNNER}. */
final class DiskValidatesRunnerShard extends ShardRun {

  DiskValidatesRunnerShard() {
    super(Mode.DISK, Shard.VALIDATES_RUNNER);
  }
}
