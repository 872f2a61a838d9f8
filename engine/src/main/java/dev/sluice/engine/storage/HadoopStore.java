package dev.sluice.engine.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * A store in a folder of a file system of Hadoop, one file a name.
 *
 * <p>A file is written under a temporary name, synced, and renamed. Temporary names start with a
 * dot; those that a crash leaves behind are never listed.
 *
 * <p>In HDFS all of the contract holds, also between processes: a rename or a new log fails if the
 * name is taken, the name node has logged what it answers, and all data nodes that hold a synced
 * block have forced it to disk. Reading a log that another store object left open takes the lease
 * from its writer, which breaks the log. A call that fails because the name node went away in the
 * middle may have taken effect as a whole: a name that was created then holds all its bytes.
 *
 * <p>If a data node is lost, HDFS goes on with those that are left where the client's {@code
 * dfs.client.block.write.replace-datanode-on-failure} settings let it. By default it wants another
 * one for each synced log; on a cluster of three nodes there is none, and the log breaks.
 *
 * <p>In other file systems a name is looked up before something is made under it, which is safe
 * within this object only, and a new entry of a folder is as durable as the file system makes it. A
 * rename is as atomic as theirs, which in object stores is a copy and a deletion. Logs are refused
 * where the file system cannot sync, as in object stores.
 */
public final class HadoopStore implements DurableStore, Closeable {
  private static final String TEMPORARY = ".new-";
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(5);

  private final FileSystem files;
  private final Path root;
  private final HadoopFiles maker;
  private final Duration recoveryLimit;

  /** The logs that are open in this object, by name: nobody has to be asked to let go of them. */
  private final Map<String, Object> ownLogs = new ConcurrentHashMap<>();

  HadoopStore(FileSystem files, Path root, Duration recoveryLimit) {
    this.files = files;
    this.root = root;
    this.maker = new HadoopFiles(files);
    this.recoveryLimit = recoveryLimit;
  }

  /**
   * A store in the folder {@code location}, which is created with the first name. The configuration
   * is what Hadoop finds on the class path, such as {@code core-site.xml}, with {@code properties}
   * on top.
   *
   * @throws IOException if the scheme is unknown or nobody answers there
   */
  public static HadoopStore open(URI location, Map<String, String> properties) throws IOException {
    return open(location, properties, RECOVERY_LIMIT);
  }

  /** A store whose readers wait {@code recoveryLimit} at most for a log that was left open. */
  static HadoopStore open(URI location, Map<String, String> properties, Duration recoveryLimit)
      throws IOException {
    FileSystem files = HadoopConnection.open(location, properties);
    return new HadoopStore(files, HadoopConnection.folder(location), recoveryLimit);
  }

  @Override
  public void create(String name, Body body) throws IOException {
    Path target = path(name);
    if (files.exists(target)) {
      throw StoreErrors.taken(name);
    }
    Path temporary = new Path(target.getParent(), TEMPORARY + UUID.randomUUID());
    maker.create(temporary, target, name, body);
  }

  @Override
  public DurableLog append(String name) throws IOException {
    Path file = path(name);
    Object mark = new Object();
    // First: nobody may find it open and not ours.
    if (files.exists(file) || ownLogs.putIfAbsent(name, mark) != null) {
      throw StoreErrors.taken(name);
    }
    try {
      FSDataOutputStream out = maker.createLog(file, name);
      return new GuardedLog(name, describe(), new HadoopLog(out, () -> ownLogs.remove(name, mark)));
    } catch (IOException | RuntimeException | Error e) {
      ownLogs.remove(name, mark);
      throw e;
    }
  }

  @Override
  public InputStream read(String name) throws IOException {
    Path file = path(name);
    try {
      if (files instanceof DistributedFileSystem hdfs && !ownLogs.containsKey(name)) {
        HadoopLease.release(hdfs, file, recoveryLimit);
      }
      return files.open(file);
    } catch (FileNotFoundException | ParentNotDirectoryException e) {
      throw StoreErrors.missing(name, describe(), e);
    }
  }

  @Override
  public boolean exists(String name) throws IOException {
    try {
      return files.getFileStatus(path(name)).isFile();
    } catch (FileNotFoundException | ParentNotDirectoryException e) {
      return false;
    }
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    String within = StoreName.folder(prefix);
    if (within.isEmpty()) {
      collect(root, "", prefix, names);
    } else if (files.exists(path(within)) && files.getFileStatus(path(within)).isDirectory()) {
      collect(path(within), within + "/", prefix, names);
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Path source = path(from);
    Path target = path(to);
    // A folder may have the name, too; it is nothing.
    if (!exists(from)) {
      throw StoreErrors.missing(from, describe());
    }
    // HDFS has another error for a folder.
    if (files.exists(target)) {
      throw StoreErrors.taken(to);
    }
    try {
      maker.rename(source, target, to);
    } catch (FileNotFoundException e) {
      throw StoreErrors.missing(from, describe(), e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    // A folder may have the name, too; it is nothing.
    if (exists(name)) {
      files.delete(path(name), false);
      ownLogs.remove(name);
    }
  }

  @Override
  public void deleteUnfinished(String folder) throws IOException {
    FileStatus[] entries;
    try {
      entries = files.listStatus(path(folder));
    } catch (FileNotFoundException e) {
      return;
    }
    for (FileStatus entry : entries) {
      if (entry.getPath().getName().startsWith(TEMPORARY)) {
        files.delete(entry.getPath(), false);
      }
    }
  }

  @Override
  public String describe() {
    return root.toString();
  }

  @Override
  public String toString() {
    return describe();
  }

  /** Gives up the connection; logs that are open are closed. */
  @Override
  public void close() throws IOException {
    files.close();
  }

  private Path path(String name) {
    return new Path(root, StoreName.checked(name));
  }

  private void collect(Path folder, String name, String prefix, List<String> names)
      throws IOException {
    FileStatus[] entries;
    try {
      entries = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      // Deleted since, or the root before the first name.
      return;
    }
    for (FileStatus entry : entries) {
      String segment = entry.getPath().getName();
      String inside = name + segment + "/";
      if (segment.startsWith(".")) {
        continue;
      }
      if (!entry.isDirectory() && (name + segment).startsWith(prefix)) {
        names.add(name + segment);
      } else if (entry.isDirectory() && (inside.startsWith(prefix) || prefix.startsWith(inside))) {
        collect(entry.getPath(), inside, prefix, names);
      }
    }
  }
}
