package dev.sluice.runner.files;

import dev.sluice.engine.storage.DurableStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Gives files their names when it is certain that their lines count, and deletes what runs before
 * theirs have left. May do so again: what is done already is left as it is. Emits the names, by
 * what the attempts of their sinks start with.
 *
 * <p>What earlier runs have left can go with any file: it was written in the first batch of its run
 * or later, and is handed on in a later batch than that. The records of earlier runs that a
 * checkpoint has kept were handed on in that first batch, all of them.
 */
final class PublishFiles extends DoFn<WrittenFile, KV<String, String>> {
  private static final long serialVersionUID = 1L;

  private final SinkFolder folder;
  private transient Set<String> deleted;

  PublishFiles(SinkFolder folder) {
    this.folder = folder;
  }

  @Setup
  public void setUp() throws IOException {
    deleted = new HashSet<>();
    folder.open();
  }

  @RequiresStableInput
  @ProcessElement
  public void process(@Element WrittenFile file, OutputReceiver<KV<String, String>> out)
      throws IOException {
    publish(file);
    for (String run : file.earlier()) {
      if (!deleted.contains(run)) {
        folder.deleteAll(run);
        deleted.add(run);
      }
    }
    out.output(KV.of(FileNames.sinkPrefix(file.attempt()), file.name()));
  }

  private void publish(WrittenFile file) throws IOException {
    DurableStore store = folder.store();
    try {
      store.renameOnce(file.attempt(), file.name());
    } catch (NoSuchFileException e) {
      throw lost(file, e);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "the file "
              + file.attempt()
              + " in "
              + store.describe()
              + " is to be called "
              + file.name()
              + ", and there is another file of this name: move that away, write to this folder"
              + " with one pipeline only, and start the pipeline again",
          e);
    }
  }

  private IOException lost(WrittenFile file, NoSuchFileException e) {
    String where = folder.store().describe();
    return new IOException(
        "there is neither the file "
            + file.attempt()
            + " in "
            + where
            + ", which was to be published, nor "
            + file.name()
            + ", as which it would have been: somebody has moved or deleted it, or another"
            + " pipeline writes to this folder. If its lines are not lost, as when a reader has"
            + " taken it, make an empty file "
            + where
            + "/"
            + file.name()
            + " and start the pipeline again; otherwise bring it back first",
        e);
  }

  @Teardown
  public void tearDown() throws IOException {
    folder.close();
  }
}
