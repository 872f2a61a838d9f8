package dev.sluice.engine.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Temporary files of one context, in a folder of its own that goes with it. Safe for use by many
 * threads.
 *
 * <p>The folder is made when the first file is.
 */
public final class TempFiles implements AutoCloseable {
  private final Path parent;
  private final Opener opener;
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong peakBytes = new AtomicLong();
  private Path folder;
  private boolean closed;

  /** Files below {@code parent}, which is created if need be. */
  public TempFiles(Path parent) {
    this(parent, path -> new RandomAccessFile(path.toFile(), "rw"));
  }

  TempFiles(Path parent, Opener opener) {
    this.parent = parent;
    this.opener = opener;
  }

  /** Makes the file at a path that does not exist yet. */
  interface Opener {
    RandomAccessFile open(Path path) throws IOException;
  }

  /** Opens a new, empty file for writing and reading; it is deleted by {@link TempFile#close}. */
  public TempFile create(String purpose) throws IOException {
    Path path = folder().resolve(purpose + "-" + sequence.incrementAndGet());
    return new TempFile(this, path, opener.open(path));
  }

  /**
   * Makes an empty folder for files that somebody else writes. They count for nothing here, and are
   * deleted with the folder when this is closed.
   */
  public Path createFolder(String purpose) throws IOException {
    return Files.createDirectory(folder().resolve(purpose + "-" + sequence.incrementAndGet()));
  }

  /** Bytes that the files hold now. */
  public long usedBytes() {
    return usedBytes.get();
  }

  /** The most bytes that the files held at once. */
  public long peakBytes() {
    return peakBytes.get();
  }

  void grown(long bytes) {
    peakBytes.accumulateAndGet(usedBytes.addAndGet(bytes), Math::max);
  }

  void shrunk(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  private synchronized Path folder() throws IOException {
    if (closed) {
      throw new IOException("the context is closed: no more temporary files");
    }
    if (folder == null) {
      Files.createDirectories(parent);
      folder = Files.createTempDirectory(parent, "sluice-");
    }
    return folder;
  }

  /** Deletes the folder and what is left in it. */
  @Override
  public synchronized void close() {
    closed = true;
    if (folder == null) {
      return;
    }
    Path gone = folder;
    folder = null;
    try {
      delete(gone);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the temporary folder " + gone, e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
        for (Path each : inside) {
          delete(each);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
