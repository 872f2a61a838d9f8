package dev.sluice.runner;

import dev.sluice.engine.codec.FrameInput;
import dev.sluice.engine.codec.FrameOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a checkpoint folder that an earlier version has written. */
record GoldenFolder(Path folder) {

  /** Copies the one of {@code format} to {@code target}. */
  static GoldenFolder copy(int format, Path target) throws IOException, URISyntaxException {
    Path kept = Path.of(GoldenFolder.class.getResource("/golden/format-" + format).toURI());
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(kept.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return new GoldenFolder(target);
  }

  /** The checkpoints, the oldest first. */
  List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files.sorted().toList();
    }
  }

  /** Has the last checkpoint say, in valid frames, that it is of another format. */
  void raise(int format, long features) throws IOException {
    List<Path> all = checkpoints();
    Path last = all.get(all.size() - 1);
    byte[] content =
        new FrameInput(new ByteArrayInputStream(Files.readAllBytes(last)), last.toString())
            .readAllBytes();
    // Behind the magic number.
    ByteBuffer.wrap(content).putInt(Long.BYTES, format).putLong(Long.BYTES + 4, features);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameOutput frames = new FrameOutput(bytes);
    frames.write(content);
    frames.finish();
    Files.write(last, bytes.toByteArray());
  }
}
