package dev.sluice.engine.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Gives files of a {@link LocalStore} names that are not taken. Safe for use by many threads. */
final class LocalMover {

  /**
   * Gives a temporary file its name; the caller deletes the temporary one and forces the folder.
   */
  void publish(Path temporary, Path target, String name) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw StoreErrors.taken(name, e);
    } catch (UnsupportedOperationException e) {
      moveIfAbsent(temporary, target, name);
    }
  }

  /** Moves {@code from} to {@code to}, which is called {@code name}; durable when it returns. */
  synchronized void rename(Path from, Path to, String name) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      if (!isSecondNameOf(from, to)) {
        throw StoreErrors.taken(name, e);
      }
      // Somebody has come as far as this before.
    } catch (UnsupportedOperationException e) {
      moveIfAbsent(from, to, name);
    }
    // Before the old name goes: a crash of the machine must not take both.
    LocalFolders.force(to.getParent());
    Files.deleteIfExists(from);
    LocalFolders.force(from.getParent());
  }

  /** Whether these are two entries for one file, rather than one entry spelled in two ways. */
  private static boolean isSecondNameOf(Path from, Path to) throws IOException {
    return Files.isSameFile(from, to) && !from.toRealPath().equals(to.toRealPath());
  }

  private synchronized void moveIfAbsent(Path from, Path to, String name) throws IOException {
    if (Files.exists(to)) {
      throw StoreErrors.taken(name);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
