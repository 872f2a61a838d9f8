package dev.sluice.validates;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results of the shards: a file each, whose first line names the build it is of. The shard that
 * ends last finds the files of all the others and writes the capability table.
 */
final class Results {

  private final Settings settings;

  Results(Settings settings) {
    this.settings = settings;
  }

  void write(Mode mode, Shard shard, List<Result> results) throws IOException {
    Files.createDirectories(settings.results());
    // The other shards are other JVMs: without the lock two could each miss the other's file.
    try (FileChannel channel =
            FileChannel.open(
                settings.results().resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("lost the lock on " + settings.results());
      }
      Files.write(
          file(mode, shard),
          Stream.concat(Stream.of(settings.build()), results.stream().map(Result::line)).toList());
      if (settings.whole()) {
        writeTableIfComplete();
      }
    }
  }

  private void writeTableIfComplete() throws IOException {
    Map<Mode, List<Result>> byMode = new LinkedHashMap<>();
    for (Mode mode : Mode.all()) {
      List<Result> ofMode = new ArrayList<>();
      for (Shard shard : Shard.values()) {
        Optional<List<Result>> ofShard = read(file(mode, shard));
        if (ofShard.isEmpty()) {
          return;
        }
        ofMode.addAll(ofShard.get());
      }
      byMode.put(mode, ofMode);
    }
    Files.createDirectories(settings.table().toAbsolutePath().getParent());
    Files.writeString(settings.table(), CapabilityTable.of(byMode));
  }

  /** The results in a file, unless there is none or it is of another build. */
  private Optional<List<Result>> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    return !lines.isEmpty() && lines.get(0).equals(settings.build())
        ? Optional.of(lines.stream().skip(1).map(Result::parse).toList())
        : Optional.empty();
  }

  private Path file(Mode mode, Shard shard) {
    return settings.results().resolve(mode.name() + "-" + shard.fileName() + ".tsv");
  }
}
