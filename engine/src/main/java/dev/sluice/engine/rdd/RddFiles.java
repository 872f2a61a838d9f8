package dev.sluice.engine.rdd;

import dev.sluice.engine.storage.DurableStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * The records of datasets in a durable store, where they stay after their context. Safe for use by
 * many threads. Tasks write; a task's attempt creates a file of a name of its own.
 */
public final class RddFiles {
  private final RddContext context;
  private final CheckpointFiles files;

  /** Files in {@code store} of records as the codec of {@code context} writes them. */
  public RddFiles(RddContext context, DurableStore store) {
    this.context = context;
    this.files = new CheckpointFiles(store, context.codecs().values());
  }

  /**
   * Writes all records by a job.
   *
   * @param prefix what names begin with; nothing else may
   */
  public void write(Rdd<?> rdd, String prefix) throws IOException {
    CheckpointJob.write(context.own(rdd), files, prefix);
  }

  /** The records that were written to {@code prefix}, for use until they are released. */
  public <T> Held<T> read(String prefix) throws IOException {
    String name = "stored " + prefix;
    CheckpointStep step = new CheckpointStep(name, new InProcess<>(files), files.parts(prefix));
    return new Held<>(new Dataset(context, context.label("stored"), step));
  }

  /**
   * Writes all records as lines of UTF-8 by a job, a file for each partition that has any.
   *
   * @param store where to
   * @param prefix what names begin with; nothing else may
   * @return the names of the files by partition, "" for one without records
   */
  public static List<String> writeLines(Rdd<?> rdd, DurableStore store, String prefix)
      throws IOException {
    RddContext context = rdd.context();
    InProcess<DurableStore> target = new InProcess<>(store);
    PartitionFunction<String> writePart =
        (partition, sides) -> {
          String name = String.format("%s-part-%05d-a%d", prefix, partition, sides.attempt());
          Iterator<Object> records = sides.read(0, partition);
          if (!records.hasNext()) {
            return List.of("").iterator();
          }
          target
              .get()
              .create(
                  name, out -> lines(records, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
          return List.of(name).iterator();
        };
    Step step = new PullStep(List.of(rdd.dataset()), writePart);
    Dataset written = new Dataset(context, context.label("writeLines"), step);
    List<String> names = Actions.collect(written);
    for (String name : store.list(prefix)) {
      if (!names.contains(name)) {
        store.delete(name);
      }
    }
    return names;
  }

  private static void lines(Iterator<Object> records, Writer out) throws IOException {
    BufferedWriter lines = new BufferedWriter(out);
    while (records.hasNext()) {
      lines.write(String.valueOf(records.next()));
      lines.write('\n');
    }
    lines.flush();
  }
}
