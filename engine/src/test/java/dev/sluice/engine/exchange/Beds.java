package dev.sluice.engine.exchange;

import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.TestBed;
import java.util.stream.Stream;

/** A back end with memory for everything, for everything encoded, or for next to nothing. */
record Beds(Backend backend, long memoryBytes) {
  static final long SMALL_BYTES = 10_000;

  /** Enough for what a test sends, but for less than a third of it as objects. */
  static final long MIDDLE_BYTES = 1_400_000;

  static Stream<Beds> all() {
    return Backend.all()
        .flatMap(
            backend ->
                Stream.of(SMALL_BYTES, MIDDLE_BYTES, Backend.LARGE_BYTES)
                    .map(bytes -> new Beds(backend, bytes)));
  }

  static Stream<Beds> small() {
    return all().filter(Beds::isSmall);
  }

  boolean isSmall() {
    return memoryBytes == SMALL_BYTES;
  }

  boolean isLarge() {
    return memoryBytes == Backend.LARGE_BYTES;
  }

  TestBed open() {
    return backend.open(memoryBytes);
  }

  @Override
  public String toString() {
    return backend + (isSmall() ? ", spilling" : ", in " + memoryBytes + " bytes");
  }
}
