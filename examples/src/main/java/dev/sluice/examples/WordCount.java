package dev.sluice.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Counts the words of a text: read, split, count, write. */
public final class WordCount {
  private static final int TOP = 10;
  private static final String BETWEEN = ": ";

  private WordCount() {}

  /** What the command takes. */
  public interface Options extends PipelineOptions {

    @Description("The text: a file, or a pattern for several, such as texts/*.txt.")
    @Default.String("examples/data/poems.txt")
    String getInputFile();

    void setInputFile(String pattern);

    @Description("How the files with the counts begin: counts gives counts-00000-of-00001.")
    @Default.String("examples/target/wordcount/counts")
    String getOutput();

    void setOutput(String prefix);

    @Description("How many files the counts are written to, at least 1.")
    @Default.Integer(1)
    int getNumShards();

    void setNumShards(int files);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit("WordCount", () -> run(args, System.out));
  }

  static void run(String[] args, PrintStream out) throws IOException {
    Options options = Arguments.parse(args, Options.class);
    Arguments.checkAtLeast(1, "--numShards", options.getNumShards());
    Pipeline pipeline = Pipeline.create(options);
    Arguments.checkInput("--inputFile", options.getInputFile());
    pipeline
        .apply("Read", TextIO.read().from(options.getInputFile()))
        .apply("CountWords", new CountWords())
        .apply(
            "Format",
            MapElements.into(TypeDescriptors.strings())
                .via(count -> count.getKey() + BETWEEN + count.getValue()))
        .apply(
            "Write", TextIO.write().to(options.getOutput()).withNumShards(options.getNumShards()));
    pipeline.run().waitUntilFinish();
    print(options, out);
  }

  /** Counts each word of some lines. */
  public static final class CountWords
      extends PTransform<PCollection<String>, PCollection<KV<String, Long>>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<KV<String, Long>> expand(PCollection<String> lines) {
      return lines
          .apply("ExtractWords", ParDo.of(new ExtractWords()))
          .apply("CountEach", Count.perElement());
    }
  }

  /** Takes the words from a line, in small letters. An apostrophe belongs to the word it is in. */
  static final class ExtractWords extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    static final Pattern WORD = Pattern.compile("\\p{L}+(?:'\\p{L}+)*");

    @ProcessElement
    public void process(@Element String line, OutputReceiver<String> out) {
      Matcher matcher = WORD.matcher(line);
      while (matcher.find()) {
        out.output(matcher.group().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Prints the words that come most often, and where all the others are. */
  private static void print(Options options, PrintStream out) throws IOException {
    String files = String.format("%s-*-of-%05d", options.getOutput(), options.getNumShards());
    List<KV<String, Long>> counts = read(files);
    counts.sort(
        Comparator.<KV<String, Long>, Long>comparing(KV::getValue, Comparator.reverseOrder())
            .thenComparing(KV::getKey));
    counts.stream().limit(TOP).forEach(c -> out.printf("%7d %s%n", c.getValue(), c.getKey()));
    out.printf("All %d words with their counts: %s%n", counts.size(), files);
  }

  private static List<KV<String, Long>> read(String files) throws IOException {
    List<KV<String, Long>> counts = new ArrayList<>();
    for (Metadata file : FileSystems.match(files).metadata()) {
      try (BufferedReader reader =
          new BufferedReader(
              Channels.newReader(FileSystems.open(file.resourceId()), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          String[] parts = line.split(BETWEEN, 2);
          counts.add(KV.of(parts[0], Long.valueOf(parts[1])));
        }
      }
    }
    return counts;
  }
}
