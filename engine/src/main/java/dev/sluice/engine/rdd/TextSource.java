package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of text files, in UTF-8. A large file is split by bytes; a line belongs to the split in
 * which it starts.
 *
 * @param splitBytes about how many bytes a split has, or 0 for a share that keeps workers busy
 */
record TextSource(TextInput input, long splitBytes) implements Source<String> {
  private static final long MIN_SPLIT_BYTES = 1 << 20;
  private static final long MAX_SPLIT_BYTES = 64 << 20;
  private static final int MAX_SPLITS = 1 << 20;

  @Override
  public List<? extends Split<String>> splits(int parallelism, TaskScope scope) throws IOException {
    List<Path> files = input.files();
    long allBytes = 0;
    for (Path file : files) {
      allBytes += Files.size(file);
    }
    long size = splitBytes > 0 ? splitBytes : share(allBytes, parallelism);
    if (allBytes / size > MAX_SPLITS) {
      throw new IOException(
          String.format(
              "%d bytes in splits of %d bytes are more than %d splits: make splitBytes larger",
              allBytes, size, MAX_SPLITS));
    }
    List<TextSplit> splits = new ArrayList<>();
    for (Path file : files) {
      long end = Files.size(file);
      for (long start = 0; start < end; start += size) {
        splits.add(new TextSplit(file.toString(), start, Math.min(end, start + size)));
      }
    }
    return splits;
  }

  private static long share(long allBytes, int parallelism) {
    return Math.max(MIN_SPLIT_BYTES, Math.min(MAX_SPLIT_BYTES, allBytes / parallelism + 1));
  }

  private record TextSplit(String file, long start, long end) implements Split<String> {
    @Override
    public void read(Output<String> output, TaskScope scope) throws IOException {
      try (LineReader lines = LineReader.open(Path.of(file), start)) {
        while (lines.position() < end) {
          String line = lines.next();
          if (line == null) {
            return;
          }
          output.emit(line);
        }
      }
    }
  }
}
