package dev.sluice.validates;

/** The auto mode's shard {@link Shard#NEEDS_RUNNER}. */
final class AutoNeedsRunnerShard extends ShardRun {

  AutoNeedsRunnerShard() {
    super(Mode.AUTO, Shard.NEEDS_RUNNER);
  }
}
