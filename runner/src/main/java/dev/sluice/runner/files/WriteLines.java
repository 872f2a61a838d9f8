package dev.sluice.runner.files;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Instant;

/**
 * Writes the lines of each bundle to a file that nobody reads yet. The file of a bundle that fails
 * is deleted, if the process lives; one whose bundle was finished, in a task that fails, stays.
 */
final class WriteLines extends DoFn<String, WrittenFile> {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final SinkFolder folder;
  private final FileNames names;
  private transient String writer;
  private transient long files;
  private transient List<String> earlier;
  private transient LineFile file;
  private transient String name;
  private transient Instant first;

  WriteLines(SinkFolder folder, FileNames names) {
    this.folder = folder;
    this.names = names;
  }

  @Setup
  public void setUp() throws IOException {
    writer = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    folder.open();
  }

  @ProcessElement
  public void process(@Element String line, @Timestamp Instant timestamp) throws IOException {
    if (file == null) {
      open();
      first = timestamp;
    }
    file.write(line);
    first = timestamp.isBefore(first) ? timestamp : first;
  }

  private void open() throws IOException {
    if (earlier == null) {
      earlier = earlierRuns();
    }
    String base =
        TIME.format(java.time.Instant.now()) + "-" + writer + "-" + String.format("%06d", ++files);
    name = names.published(base);
    file = LineFile.open(folder.store(), names.attempt(base));
  }

  /**
   * Those that have files now. They have begun before this one has any that counts: one that takes
   * the checkpoint folder from this process begins later, or nothing that follows is ever durable.
   */
  private List<String> earlierRuns() throws IOException {
    return folder.store().list(FileNames.ATTEMPTS).stream()
        .map(FileNames::runPrefix)
        .filter(run -> run.startsWith(FileNames.ATTEMPTS) && !run.equals(names.runPrefix()))
        .distinct()
        .toList();
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    if (file == null) {
      return;
    }
    file.finish();
    // Behind the end of the window nothing would keep its attempts from being deleted.
    Instant last = GlobalWindow.INSTANCE.maxTimestamp();
    context.output(
        new WrittenFile(file.name(), name, earlier),
        first.isAfter(last) ? last : first,
        GlobalWindow.INSTANCE);
    file = null;
  }

  @Teardown
  public void tearDown() throws IOException {
    try (folder) {
      if (file != null) {
        file.discard();
      }
    }
  }
}
