package dev.sluice.validates;

/** The auto mode's shard {@link Shard#APART}. */
final class AutoApartShard extends ShardRun {

  AutoApartShard() {
    super(Mode.AUTO, Shard.APART);
  }
}
