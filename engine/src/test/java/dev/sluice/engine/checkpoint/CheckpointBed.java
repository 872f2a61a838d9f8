package dev.sluice.engine.checkpoint;

import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.LocalStore;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A checkpoint folder in a folder of the file system, and the drivers that work with it. */
final class CheckpointBed implements AutoCloseable {
  final ManualClock clock = new ManualClock(1_000_000);
  final DurableStore store;
  private final Path folder;
  private final List<Driver> drivers = new ArrayList<>();

  CheckpointBed(Path folder) {
    this.folder = folder;
    this.store = new LocalStore(folder);
  }

  /** A driver that has claimed the folder, and restored what is there. */
  Driver driver(String name) throws IOException {
    return driver(store, name);
  }

  Driver driver(DurableStore own, String name) throws IOException {
    return kept(Driver.claim(own, clock, name)).restored();
  }

  /** A driver that has taken the folder over, and restored what is there. */
  Driver successor(String name) throws IOException {
    return kept(Driver.takeOver(store, clock, name)).restored();
  }

  private Driver kept(Driver driver) {
    drivers.add(driver);
    return driver;
  }

  /** What a driver would find that comes now. */
  List<String> found() throws IOException {
    return successor("looking").words();
  }

  List<String> checkpoints() throws IOException {
    return store.list("checkpoints/");
  }

  byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  /** Replaces a file, as a disk or a person may do it. */
  void replace(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  /** Ends the drivers' threads. */
  @Override
  public void close() throws IOException {
    for (Driver driver : drivers) {
      driver.close();
    }
  }
}
