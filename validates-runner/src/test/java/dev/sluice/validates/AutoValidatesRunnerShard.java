package dev.sluice.validates;

/** The auto mode's shard {@link Shard#VALIDATES_RUNNER}. */
final class AutoValidatesRunnerShard extends ShardRun {

  AutoValidatesRunnerShard() {
    super(Mode.AUTO, Shard.VALIDATES_RUNNER);
  }
}
