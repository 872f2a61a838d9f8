package dev.sluice.runner;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what is logged until it is closed. */
final class LogCapture extends Handler implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  LogCapture() {
    root.addHandler(this);
  }

  /** What was logged as an error. */
  List<LogRecord> errors() {
    return records.stream().filter(r -> r.getLevel().equals(Level.SEVERE)).toList();
  }

  /** The attempts whose failure was followed by another one, as "attempt 1". */
  List<String> retried() {
    return records.stream()
        .map(LogRecord::getMessage)
        .filter(m -> m.startsWith("attempt ") && m.endsWith(" failed and is tried again"))
        .map(m -> m.substring(0, m.indexOf(" of task")))
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
