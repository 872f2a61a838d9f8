package dev.sluice.validates;

/** The disk mode's shard {@link Shard#NEEDS_RUNNER}. */
final class DiskNeedsRunnerShard extends ShardRun {

  DiskNeedsRunnerShard() {
    super(Mode.DISK, Shard.NEEDS_RUNNER);
  }
}
