package dev.sluice.engine.storage;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** The errors that all stores have in common. */
final class StoreErrors {
  private StoreErrors() {}

  static FileAlreadyExistsException taken(String name) {
    return new FileAlreadyExistsException(
        name, null, "the name is taken, and what a store holds is never replaced");
  }

  static FileAlreadyExistsException taken(String name, Throwable cause) {
    FileAlreadyExistsException e = taken(name);
    e.initCause(cause);
    return e;
  }

  static NoSuchFileException missing(String name, String store) {
    return new NoSuchFileException(name, null, "nothing under this name in the store " + store);
  }

  static NoSuchFileException missing(String name, String store, Throwable cause) {
    NoSuchFileException e = missing(name, store);
    e.initCause(cause);
    return e;
  }
}
