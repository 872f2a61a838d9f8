package dev.sluice.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Named sequences of bytes that survive a crash once they were created. Safe for use by many
 * threads and, as far as the medium allows it, by many processes; each store says how far.
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
   * Creates {@code name} as an empty log for appending; the caller closes it. It can be listed and
   * read from now on. A log is never opened again: what goes on after a crash is a new one. If this
   * throws, an empty log may be left under the name.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  DurableLog append(String name) throws IOException;

  /**
   * Opens {@code name} for reading; the caller closes it. Of a log that is still open in this store
   * object one sees at least what was synced before. Reading a log that another process left open
   * may break it for its writer, so that what one reads is final.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing under the name
   * @throws LogRecoveryException if the name is a log that another process left open, and its end
   *     cannot be settled
   */
  InputStream read(String name) throws IOException;

  /** Whether {@code name} was created and not deleted. */
  boolean exists(String name) throws IOException;

  /** All names that start with {@code prefix}, sorted; a prefix may end within a segment. */
  List<String> list(String prefix) throws IOException;

  /**
   * Gives what is called {@code from} the name {@code to}, also in another folder. When this
   * returns, the new name is durable and the old one gone. A log is to be closed before.
   *
   * <p>If a crash interrupts this there is the old name, or the new one, or both, never neither.
   * Both are one file then, whole under either name, and the same call again settles it: it takes
   * the old name away. If it throws, it may have done nothing or all; where the new name is there
   * and the old one is not, it is done.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing under {@code from}, whatever is
   *     under {@code to}
   * @throws java.nio.file.FileAlreadyExistsException if {@code to} is taken by something else, or
   *     is {@code from}
   */
  void rename(String from, String to) throws IOException;

  /** Deletes {@code name}; without effect if there is nothing under it. */
  void delete(String name) throws IOException;

  /**
   * The same, unless it was done before: there is nothing under {@code from} and something under
   * {@code to}. Called again after a crash or by somebody else it has the effect of one call.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing under either
   * @throws java.nio.file.FileAlreadyExistsException if there is something under both
   */
  default void renameOnce(String from, String to) throws IOException {
    try {
      rename(from, to);
    } catch (NoSuchFileException e) {
      if (!exists(to)) {
        throw e;
      }
    }
  }

  /**
   * Deletes what calls of {@link #create} have begun for names right below {@code folder} and not
   * ended, as those that a crash has interrupted. One that still runs may fail.
   */
  void deleteUnfinished(String folder) throws IOException;

  /** Where the store is, for messages. */
  String describe();

  /** Writes the content of a new name. */
  @FunctionalInterface
  interface Body {

    /** Writes everything to {@code out}, which the store closes. */
    void writeTo(OutputStream out) throws IOException;
  }
}
