package dev.sluice.engine.stream;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The side of an input from which a later process goes on. All but {@link #keepIn} is called by the
 * thread that starts the context or by the scheduler's.
 *
 * <p>A later process reads the place after some batch, then what came after it in the order in
 * which it was written: records of the input, and the plans of batches.
 */
interface Recoverable {

  /** From now on records have to be kept in {@code journal}. Called before it is opened. */
  void keepIn(StreamJournal journal);

  /** Writes where it stands after the last batch that is complete. */
  void writePlace(DataOutputStream out) throws IOException;

  void readPlace(DataInputStream in) throws IOException;

  /** Writes what batch {@code timeMs} has been allocated. */
  void writePlan(long timeMs, DataOutputStream out) throws IOException;

  /** Makes the dataset of batch {@code timeMs} again. */
  void readPlan(long timeMs, DataInputStream in) throws IOException;

  /** Takes something that it has written to the journal itself. */
  void readRecord(DataInputStream in) throws IOException;

  /** The oldest segment of the journal that has records of no complete batch; null if none has. */
  default String oldestSegment() {
    return null;
  }
}
