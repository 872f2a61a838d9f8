package dev.sluice.runner.files;

import dev.sluice.runner.SluiceRunner;
import dev.sluice.runner.TestSluiceRunner;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes lines to files of a folder, each line once: after any crash, and after a start from the
 * checkpoint folder, the files together have the lines that a run without a failure gives.
 *
 * <pre>{@code
 * lines.apply("Write", FileSink.to("hdfs://host:port/folder").withSuffix(".txt"));
 * }</pre>
 *
 * <p>Each element is written as UTF-8 with a line feed behind it, in any windowing. A bundle that
 * has lines gives a file, {@code part-<time>-<writer>-<number>}, which sorts by time. It appears
 * whole, when the lines are known for good: with a checkpoint folder when a checkpoint covers them,
 * else when the tasks that have written them have succeeded. What is not known for good is below
 * {@code _attempts/}; readers ignore names that start with {@code _} or a dot.
 *
 * <p>The output are the names of the files as they appear, in the global window, each with the
 * earliest timestamp of its lines. Files should stay where they are until a checkpoint later.
 *
 * <p>One pipeline writes to a folder, with as many sinks as it likes, and always with the same
 * checkpoint folder. It needs {@link SluiceRunner}, and a file system that syncs: a disk or HDFS.
 */
public final class FileSink extends PTransform<PCollection<String>, PCollection<String>> {
  private static final long serialVersionUID = 1L;
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9=+@-][A-Za-z0-9_=+@.-]*)?");
  private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9_=+@.-]*");
  private static final Set<Class<?>> RUNNERS = Set.of(SluiceRunner.class, TestSluiceRunner.class);

  private final String folder;
  private final String prefix;
  private final String suffix;

  private FileSink(String folder, String prefix, String suffix) {
    this.folder = folder;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /**
   * A sink in {@code folder}: a path, or a URI as {@code file:} or {@code hdfs:}. It is made with
   * the first file.
   */
  public static FileSink to(String folder) {
    return new FileSink(Objects.requireNonNull(folder, "folder"), "part-", "");
  }

  /** The same with names that start with {@code prefix}, rather than with {@code part-}. */
  public FileSink withPrefix(String prefix) {
    return new FileSink(folder, checked("prefix", prefix, PREFIX), suffix);
  }

  /** The same with names that end with {@code suffix}, such as {@code .txt}; none by default. */
  public FileSink withSuffix(String suffix) {
    return new FileSink(folder, prefix, checked("suffix", suffix, SUFFIX));
  }

  private static String checked(String what, String part, Pattern allowed) {
    if (!allowed.matcher(part).matches()) {
      throw new IllegalArgumentException(
          "'"
              + part
              + "' is no "
              + what
              + " for names of files: use letters, digits and _-=+@. only, and no _ or dot where"
              + " a name starts");
    }
    return part;
  }

  /**
   * Finds a folder that cannot be used before the pipeline starts.
   *
   * @throws IllegalArgumentException if so, or if it is not Sluice that runs the pipeline
   */
  @Override
  public void validate(PipelineOptions options) {
    Class<? extends PipelineRunner<?>> runner = options.getRunner();
    if (!RUNNERS.contains(runner)) {
      throw new IllegalArgumentException(
          "FileSink deletes files by what SluiceRunner says of stable input, and this pipeline is"
              + " run by "
              + runner.getSimpleName()
              + ": set --runner=SluiceRunner, or write with TextIO");
    }
    SinkFolder target = new SinkFolder(folder);
    try {
      target.open();
      target.close();
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public PCollection<String> expand(PCollection<String> input) {
    FileNames names = FileNames.of(input.getPipeline().getOptions(), prefix, suffix);
    SinkFolder target = new SinkFolder(folder);
    PCollection<KV<String, String>> published =
        input
            .apply("Anywhere", Window.into(new GlobalWindows()))
            .apply("Write", ParDo.of(new WriteLines(target, names)))
            .setCoder(WrittenFileCoder.of())
            .apply("Publish", ParDo.of(new PublishFiles(target)));
    published.apply("Tidy", ParDo.of(new DeleteAttempts(target)));
    return published.apply("Names", Values.create());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("folder", folder).withLabel("Folder"));
    builder.add(DisplayData.item("prefix", prefix).withLabel("Prefix of names"));
    builder.add(DisplayData.item("suffix", suffix).withLabel("Suffix of names"));
  }
}
