package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddFiles;
import dev.sluice.engine.storage.DurableStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;

/**
 * Text files in a durable store: of each batch one for each partition that has records, a line of
 * UTF-8 for each of them. They appear whole, in their order, when the batch is durable.
 *
 * <pre>
 *   _attempts/{run}-{batch}-part-00000-a1   a partition as a task's first attempt has written it
 *   batch-{batch}-part-00000.txt            the same when it counts
 * </pre>
 *
 * <p>Readers leave out names that begin with an underscore. The folder belongs to one output.
 */
final class TextFileSink<T> implements TransactionalSink<T> {
  private static final String ATTEMPTS = "_attempts/";
  private static final String NONE = "";

  private final DurableStore store;
  private final String suffix;
  private final String run = UUID.randomUUID().toString();

  TextFileSink(DurableStore store, String suffix) {
    this.store = store;
    this.suffix = suffix;
  }

  @Override
  public List<String> prepare(Rdd<T> records, long batchMs) throws IOException {
    String prefix = String.format("%s%s-%d", ATTEMPTS, run, batchMs);
    return RddFiles.writeLines(records, store, prefix);
  }

  @Override
  public void publish(long batchMs, List<String> prepared) throws IOException {
    for (int partition = 0; partition < prepared.size(); partition++) {
      String attempt = prepared.get(partition);
      if (!attempt.equals(NONE)) {
        publish(attempt, String.format("batch-%015d-part-%05d%s", batchMs, partition, suffix));
      }
    }
  }

  private void publish(String attempt, String name) throws IOException {
    try {
      store.renameOnce(attempt, name);
    } catch (NoSuchFileException e) {
      throw new IOException(
          String.format(
              "neither %s nor %s is in %s, one of which has output that is durable: restore it"
                  + " from a copy, or begin with another folder and another checkpoint",
              attempt, name, store.describe()),
          e);
    }
  }

  @Override
  public void discardOthers() throws IOException {
    for (String name : store.list(ATTEMPTS)) {
      store.delete(name);
    }
    store.deleteUnfinished(ATTEMPTS.substring(0, ATTEMPTS.length() - 1));
  }
}
