package dev.sluice.engine.batch;

import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.storage.DurableStore;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stream is made to survive the end of its process.
 *
 * @param store where checkpoints are; one that has any is gone on from
 * @param owner who this is, for others that want the folder
 * @param intervalMs the time from one checkpoint to the next, at least 1
 * @param leaseMs for how long others keep off without news of this process, at least 1
 * @param takeOver whether to go on although another process has the folder; that one ends
 * @param attachment what else goes into each checkpoint
 */
public record Recovery(
    DurableStore store,
    String owner,
    long intervalMs,
    long leaseMs,
    boolean takeOver,
    Attachment attachment) {
  /** Long enough for a pause of the process, short enough to wait for. */
  public static final long DEFAULT_LEASE_MS = 30_000;

  public Recovery {
    List<String> problems = new ArrayList<>();
    if (intervalMs < 1) {
      problems.add("intervalMs is " + intervalMs + ": at least 1");
    }
    if (leaseMs < 1) {
      problems.add("leaseMs is " + leaseMs + ": at least 1");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** Something that comes and goes with the checkpoints of a stream. */
  public interface Attachment {

    /** What there is after the batch that was committed last; it does not change any more. */
    CheckpointFolder.Content save();

    /** Takes over what was saved, in place of what was read before. Reads just that. */
    CheckpointFolder.Reader restore();
  }
}
