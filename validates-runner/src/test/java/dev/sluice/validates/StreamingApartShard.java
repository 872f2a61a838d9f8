package dev.sluice.validates;

/** The streaming mode's shard {@link Shard#APART}. */
final class StreamingApartShard extends ShardRun {

  StreamingApartShard() {
    super(Mode.STREAMING, Shard.APART);
  }
}
