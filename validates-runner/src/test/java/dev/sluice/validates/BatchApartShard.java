package dev.sluice.validates;

/** The batch mode's shard {@link Shard#APART}. */
final class BatchApartShard extends ShardRun {

  BatchApartShard() {
    super(Mode.BATCH, Shard.APART);
  }
}
