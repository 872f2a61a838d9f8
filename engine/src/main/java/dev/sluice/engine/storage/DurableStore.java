package dev.sluice.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Named sequences of bytes that survive a crash once they were created. Safe for use by many
 * threads and, as far as the medium allows it, by many processes.
 *
 * <p>A name is a path of segments separated by {@code /}: letters, digits and {@code _ - = + @ .},
 * no segment starting with a dot. Any other name is an {@link IllegalArgumentException}.
 */
public interface DurableStore {

  /**
   * Creates {@code name} with what {@code body} writes. When this returns, the bytes are durable;
   * if it throws, there is nothing under the name.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  void create(String name, Body body) throws IOException;

  /**
   * Opens {@code name} for reading; the caller closes it.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing under the name
   */
  InputStream read(String name) throws IOException;

  /** Whether {@code name} was created and not deleted. */
  boolean exists(String name) throws IOException;

  /** All names that start with {@code prefix}, sorted; a prefix may end within a segment. */
  List<String> list(String prefix) throws IOException;

  /** Deletes {@code name}; without effect if there is nothing under it. */
  void delete(String name) throws IOException;

  /** Writes the content of a new name. */
  @FunctionalInterface
  interface Body {

    /** Writes everything to {@code out}, which the store closes. */
    void writeTo(OutputStream out) throws IOException;
  }
}
