package dev.sluice.engine.stream;

import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.StoreLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Where a context keeps what a later process needs to go on, and how. It never changes; problems
 * are found, all of them, when a context takes it.
 */
public final class CheckpointOptions {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Place place;
  private final Duration interval;
  private final Duration lease;
  private final boolean takeOver;
  private final Downtime downtime;

  /** Opens the store. */
  private interface Place {
    DurableStore open() throws IOException;
  }

  private CheckpointOptions(
      Place place, Duration interval, Duration lease, boolean takeOver, Downtime downtime) {
    this.place = place;
    this.interval = Objects.requireNonNull(interval, "interval");
    this.lease = Objects.requireNonNull(lease, "lease");
    this.takeOver = takeOver;
    this.downtime = Objects.requireNonNull(downtime, "downtime");
  }

  private static CheckpointOptions in(Place place) {
    return new CheckpointOptions(place, INTERVAL, LEASE, false, Downtime.REPLAY);
  }

  /** All defaults, in a folder: a path, or a URI such as {@code hdfs://name/folder}. */
  public static CheckpointOptions in(String location) {
    Objects.requireNonNull(location, "location");
    return in(() -> StoreLocation.open(location));
  }

  /** All defaults, in a store that is open already. */
  public static CheckpointOptions in(DurableStore store) {
    Objects.requireNonNull(store, "store");
    return in(() -> store);
  }

  /**
   * The time from one checkpoint of states to the next, 10 s by default; a whole number of
   * milliseconds. What has happened since is in the journal, and states are computed again of it.
   */
  public CheckpointOptions withInterval(Duration newInterval) {
    return new CheckpointOptions(place, newInterval, lease, takeOver, downtime);
  }

  /**
   * For how long others keep off the folder without news of this process, 30 s by default; a whole
   * number of milliseconds.
   */
  public CheckpointOptions withLease(Duration newLease) {
    return new CheckpointOptions(place, interval, newLease, takeOver, downtime);
  }

  /** Goes on although another process has the folder; that one ends. */
  public CheckpointOptions withTakeOver() {
    return new CheckpointOptions(place, interval, lease, true, downtime);
  }

  /** What becomes of the ticks between two processes; by default they are {@code REPLAY}ed. */
  public CheckpointOptions withDowntime(Downtime newDowntime) {
    return new CheckpointOptions(place, interval, lease, takeOver, newDowntime);
  }

  /** Adds what is wrong to {@code problems}. */
  void check(List<String> problems) {
    if (!Durations.isWhole(interval)) {
      problems.add("checkpoint interval is " + interval + ": a whole number of ms, at least 1");
    }
    if (!Durations.isWhole(lease)) {
      problems.add("checkpoint lease is " + lease + ": a whole number of ms, at least 1");
    }
    try {
      open();
    } catch (IOException | IllegalArgumentException e) {
      problems.add("checkpoint folder: " + e.getMessage());
    }
  }

  DurableStore open() throws IOException {
    return place.open();
  }

  long intervalMs() {
    return interval.toMillis();
  }

  long leaseMs() {
    return lease.toMillis();
  }

  boolean takeOver() {
    return takeOver;
  }

  Downtime downtime() {
    return downtime;
  }
}
