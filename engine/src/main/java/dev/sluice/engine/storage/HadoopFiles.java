package dev.sluice.engine.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/** Makes the files of a {@link HadoopStore}. Safe for use by many threads. */
final class HadoopFiles {
  /** What a name node says of a name that a writer has open; clients do not have all of them. */
  private static final Set<String> OPEN_ELSEWHERE =
      Set.of(
          "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException",
          "org.apache.hadoop.hdfs.protocol.RecoveryInProgressException");

  private final FileSystem files;

  HadoopFiles(FileSystem files) {
    this.files = files;
  }

  /** Makes the file {@code temporary} and moves it to {@code target}, or makes nothing. */
  void create(Path temporary, Path target, String name, DurableStore.Body body) throws IOException {
    try {
      try (FSDataOutputStream out = open(temporary)) {
        body.writeTo(out);
        if (syncs(out)) {
          out.hsync();
        }
      }
      move(temporary, target, name);
    } catch (IOException | RuntimeException | Error e) {
      discard(temporary, e);
      throw e;
    }
  }

  /** Moves {@code from} to {@code to}, which is called {@code name}. */
  void rename(Path from, Path to, String name) throws IOException {
    files.mkdirs(to.getParent());
    move(from, to, name);
  }

  /** Makes a file whose entry is durable and whose bytes can be made so. */
  FSDataOutputStream createLog(Path file, String name) throws IOException {
    FSDataOutputStream out;
    try {
      out = files instanceof DistributedFileSystem ? open(file) : openIfAbsent(file);
    } catch (FileAlreadyExistsException e) {
      throw StoreErrors.taken(name, e);
    } catch (RemoteException e) {
      throw OPEN_ELSEWHERE.contains(e.getClassName()) ? StoreErrors.taken(name, e) : e;
    }
    try {
      if (!syncs(out)) {
        throw new IOException(
            "no log can be kept in "
                + file.getParent()
                + ": this file system cannot make bytes durable before a file is closed; use HDFS"
                + " or a folder of the machine");
      }
      out.hsync();
      return out;
    } catch (IOException | RuntimeException | Error e) {
      try (out) {
        discard(file, e);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Others look first and make the file then; two who look at once would share it. */
  private synchronized FSDataOutputStream openIfAbsent(Path file) throws IOException {
    return open(file);
  }

  private FSDataOutputStream open(Path file) throws IOException {
    if (files instanceof DistributedFileSystem hdfs) {
      // A sync reaches the block that is being written, so each block is forced when it is full.
      // Files with erasure coding cannot be synced at all.
      return hdfs.createFile(file).overwrite(false).recursive().syncBlock().replicate().build();
    }
    return files.create(file, false);
  }

  /** Streams that cannot sync take the call for a flush and say nothing. */
  private static boolean syncs(FSDataOutputStream out) {
    return out.hasCapability(StreamCapabilities.HSYNC);
  }

  private void move(Path from, Path target, String name) throws IOException {
    if (!(files instanceof DistributedFileSystem hdfs)) {
      moveIfAbsent(from, target, name);
      return;
    }
    try {
      hdfs.rename(from, target, Options.Rename.NONE);
    } catch (FileAlreadyExistsException e) {
      throw StoreErrors.taken(name, e);
    }
  }

  private synchronized void moveIfAbsent(Path from, Path target, String name) throws IOException {
    if (files.exists(target)) {
      throw StoreErrors.taken(name);
    }
    if (!files.rename(from, target)) {
      throw new IOException("the file system would not rename " + from + " to " + target);
    }
  }

  private void discard(Path file, Throwable reason) {
    try {
      files.delete(file, false);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
