package dev.sluice.validates;

/** The disk mode's shard {@link Shard#APART}. */
final class DiskApartShard extends ShardRun {

  DiskApartShard() {
    super(Mode.DISK, Shard.APART);
  }
}
