package dev.sluice.engine.stream;

import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.checkpoint.Journal;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What happens between the checkpoints of a context, record by record. Safe for use by many
 * threads.
 *
 * <pre>
 *   INPUT    name of the input | what it has written
 *   PLANNED  time | records | inputs, of each: name | length | its plan
 *   DONE     time | transactional outputs, of each: name | what it has prepared
 * </pre>
 */
final class StreamJournal {
  static final byte INPUT = 1;
  static final byte PLANNED = 2;
  static final byte DONE = 3;

  private final String first;
  private volatile Journal journal;

  /**
   * A journal that is not opened yet.
   *
   * @param first the segment from which earlier processes' records are read
   */
  StreamJournal(String first) {
    this.first = first;
  }

  /** All is read that there was; from now on records are written to {@code opened}. */
  void open(Journal opened) {
    journal = opened;
  }

  /** No segment before it is needed; those of earlier processes may be. */
  String first() {
    return first;
  }

  /** Writes a record of {@code input}; it is durable with the next sync. The segment it is in. */
  String input(Node<?> input, CheckpointFolder.Content content) throws IOException {
    return append(
        INPUT,
        out -> {
          out.writeUTF(input.name());
          content.write(out);
        });
  }

  /** Fixes what a batch reads, from the next sync on. The segment that says so. */
  String planned(long timeMs, long records, List<Input> inputs) throws IOException {
    return append(
        PLANNED,
        out -> {
          out.writeLong(timeMs);
          out.writeLong(records);
          out.writeInt(inputs.size());
          for (Input input : inputs) {
            byte[] plan = bytes(plans -> input.writePlan(timeMs, plans));
            out.writeUTF(input.node().name());
            out.writeInt(plan.length);
            out.write(plan);
          }
        });
  }

  /** From now on a batch will not be run again. */
  void done(long timeMs, Map<String, List<String>> prepared) throws IOException {
    append(
        DONE,
        out -> {
          out.writeLong(timeMs);
          out.writeInt(prepared.size());
          for (Map.Entry<String, List<String>> output : prepared.entrySet()) {
            out.writeUTF(output.getKey());
            out.writeInt(output.getValue().size());
            for (String each : output.getValue()) {
              out.writeUTF(each);
            }
          }
        });
    journal.sync();
  }

  void sync() throws IOException {
    journal.sync();
  }

  private String append(byte kind, CheckpointFolder.Content content) throws IOException {
    return journal.append(
        bytes(
            out -> {
              out.writeByte(kind);
              content.write(out);
            }));
  }

  static byte[] bytes(CheckpointFolder.Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
