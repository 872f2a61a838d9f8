package dev.sluice.engine.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Takes a file of HDFS from a writer that has not closed it. The data nodes then agree on its
 * length, which is at least what was synced, and refuse what the writer still sends.
 */
final class HadoopLease {
  private static final long POLL_MS = 100;

  /** The name node forgets a recovery whose data node dies, until it is asked again. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private HadoopLease() {}

  /**
   * Returns when {@code file} is closed.
   *
   * @throws LogRecoveryException if it is not after {@code limit}
   */
  static void release(DistributedFileSystem files, Path file, Duration limit) throws IOException {
    if (files.isFileClosed(file)) {
      return;
    }
    long start = System.nanoTime();
    long askAt = 0;
    while (true) {
      long waited = System.nanoTime() - start;
      if (waited >= askAt) {
        if (files.recoverLease(file)) {
          return;
        }
        askAt = waited + ASK_AGAIN.toNanos();
      } else if (files.isFileClosed(file)) {
        return;
      }
      if (waited >= limit.toNanos()) {
        throw new LogRecoveryException(
            "the log "
                + file
                + " was left open by its writer, and HDFS could not settle its length within "
                + limit.toMillis()
                + " ms: look whether the data nodes of its last block are up (hdfs fsck "
                + file.toUri().getPath()
                + " -files -blocks -locations -openforwrite), then read it again");
      }
      pause(file);
    }
  }

  private static void pause(Path file) throws InterruptedIOException {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while HDFS settles the length of " + file);
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
