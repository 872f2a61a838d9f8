package dev.sluice.validates;

/** The streaming mode's shard {@link Shard#NEEDS_RUNNER}. */
final class StreamingNeedsRunnerShard extends ShardRun {

  StreamingNeedsRunnerShard() {
    super(Mode.STREAMING, Shard.NEEDS_RUNNER);
  }
}
