package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.stream.Computation.Made;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that appear in a folder after the first start, each once: those whose names are there
 * at a tick and were not at the one before. Names that start with {@code _} or {@code .} do not
 * count, so a file can be written under such a name and then be renamed.
 */
final class FileInput<T> implements Input {
  private static final Logger LOG = LoggerFactory.getLogger(FileInput.class);

  private final Node<T> node;
  private final Path folder;
  private final Function1<List<Path>, Rdd<T>> reader;
  // Only of files that are still there, so it does not grow beyond the folder.
  private Set<Path> seen;

  FileInput(Node<T> node, Path folder, Function1<List<Path>, Rdd<T>> reader) {
    this.node = node;
    this.folder = folder;
    this.reader = reader;
  }

  @Override
  public Node<T> node() {
    return node;
  }

  @Override
  public void open() {
    if (seen == null) {
      seen = new HashSet<>();
      seen = list();
    }
  }

  @Override
  public long allocate(long timeMs) {
    Set<Path> now = list();
    List<Path> fresh = new ArrayList<>(now);
    fresh.removeAll(seen);
    seen = now;
    try {
      node.put(timeMs, Made.of(reader.apply(fresh)));
    } catch (Exception e) {
      throw new BatchFailedException(timeMs, node.name(), e);
    }
    return 0;
  }

  /** Sorted by name. What cannot be listed now is looked for at the next tick. */
  private Set<Path> list() {
    Set<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, FileInput::counts)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("{}: cannot list {}; it is tried again at the next batch", node, folder, e);
      return seen;
    }
    return found;
  }

  private static boolean counts(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith("_") && !name.startsWith(".") && Files.isRegularFile(path);
  }
}
