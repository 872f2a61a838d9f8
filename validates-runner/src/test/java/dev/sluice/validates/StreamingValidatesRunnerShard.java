package dev.sluice.validates;

/** The streaming mode's shard {@link Shard#VALIDATES_RUNNER}. */
final class StreamingValidatesRunnerShard extends ShardRun {

  StreamingValidatesRunnerShard() {
    super(Mode.STREAMING, Shard.VALIDATES_RUNNER);
  }
}
