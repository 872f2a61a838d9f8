package dev.sluice.engine.storage;

import java.io.Closeable;
import java.io.IOException;

/**
 * A name in a {@link DurableStore} that bytes are appended to, by the one that made it.
 *
 * <p>When {@link #sync} returns, everything written before it survives a crash of this process and
 * of its machine. After a crash a reader finds a prefix of what was written, with at least all that
 * was synced; behind that it may end anywhere, so what is written should carry its own length and
 * checksum.
 *
 * <p>A log whose {@link #write} or {@link #sync} has failed is broken: each later one fails with an
 * {@link IOException} that says so. What was not synced may be lost then, and syncing again cannot
 * tell: an operating system may forget pages that it could not write and report success the next
 * time. Interrupting a thread in one of the two may break the log, too. What goes on is a new log.
 *
 * <p>Safe for use by many threads. Calls wait for each other: a sync covers each write that
 * returned before it.
 */
public interface DurableLog extends Closeable {

  /** Appends {@code length} bytes from {@code offset}; they may stay in memory until a sync. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Makes all that was written durable. */
  void sync() throws IOException;

  /** How many bytes were written by calls that returned, synced or not. */
  long position();

  /**
   * Ends the log, without a sync: what was not synced may be lost with the machine. Closing a
   * broken log only frees what it holds, and closing twice has no effect.
   */
  @Override
  void close() throws IOException;
}
