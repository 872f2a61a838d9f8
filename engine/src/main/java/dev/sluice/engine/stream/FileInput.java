package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.stream.Computation.Made;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  // Of batches that are not complete, where a later process may need them.
  private final Map<Long, List<Path>> plans = new HashMap<>();
  private boolean kept;

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
    put(timeMs, fresh);
    return 0;
  }

  private void put(long timeMs, List<Path> fresh) {
    try {
      node.put(timeMs, Made.of(reader.apply(fresh)));
    } catch (Exception e) {
      throw new BatchFailedException(timeMs, node.name(), e);
    }
    if (kept) {
      plans.put(timeMs, fresh);
    }
  }

  @Override
  public void keepIn(StreamJournal journal) {
    kept = true;
    open();
  }

  @Override
  public void committed(long timeMs) {
    plans.remove(timeMs);
  }

  /** Also files of batches that come later: those have plans. */
  @Override
  public void writePlace(DataOutputStream out) throws IOException {
    write(seen, out);
  }

  @Override
  public void readPlace(DataInputStream in) throws IOException {
    seen = new TreeSet<>(read(in));
  }

  @Override
  public void writePlan(long timeMs, DataOutputStream out) throws IOException {
    write(plans.get(timeMs), out);
  }

  @Override
  public void readPlan(long timeMs, DataInputStream in) throws IOException {
    List<Path> fresh = read(in);
    seen.addAll(fresh);
    put(timeMs, fresh);
  }

  @Override
  public void readRecord(DataInputStream in) throws IOException {
    throw new IOException(node + " has a record in the journal, where files have none");
  }

  private void write(Collection<Path> names, DataOutputStream out) throws IOException {
    out.writeInt(names.size());
    for (Path name : names) {
      out.writeUTF(folder.relativize(name).toString());
    }
  }

  private List<Path> read(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Path> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(folder.resolve(in.readUTF()));
    }
    return names;
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
