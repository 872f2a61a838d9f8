package dev.sluice.engine.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A store in a folder of a file system, one file a name.
 *
 * <p>A file is written under a temporary name, forced to disk, and then linked to its own: unlike a
 * rename, a link fails if the name is taken, also by another process. Where there are no hard links
 * it is renamed after a check, which is safe within this object only. The folders above are forced,
 * too. Temporary names start with a dot; those that a crash leaves behind are never listed.
 *
 * <p>A log is a file under its own name from the start. Reading one does not disturb its writer.
 */
public final class LocalStore implements DurableStore {
  private static final String TEMPORARY = ".new-";

  private final Path root;

  /** A store in {@code root}, which is created with the first name. */
  public LocalStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void create(String name, Body body) throws IOException {
    Path target = path(name);
    if (Files.exists(target)) {
      throw StoreErrors.taken(name);
    }
    Path folder = target.getParent();
    createFolders(folder);
    Path temporary = Files.createTempFile(folder, TEMPORARY, null);
    try {
      write(temporary, body);
      publish(temporary, target, name);
    } finally {
      Files.deleteIfExists(temporary);
    }
    force(folder);
  }

  @Override
  public DurableLog append(String name) throws IOException {
    Path file = path(name);
    createFolders(file.getParent());
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw StoreErrors.taken(name, e);
    }
    try {
      channel.force(true);
      force(file.getParent());
    } catch (IOException | RuntimeException | Error e) {
      try (channel) {
        Files.deleteIfExists(file);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    return new GuardedLog(name, describe(), new LogFile(channel));
  }

  @Override
  public InputStream read(String name) throws IOException {
    Path file = path(name);
    if (Files.isDirectory(file)) {
      throw StoreErrors.missing(name, describe());
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw StoreErrors.missing(name, describe(), e);
    }
  }

  @Override
  public boolean exists(String name) {
    return Files.isRegularFile(path(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return names;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.equals(root) ? "" : name(folder) + "/";
            boolean leads = name.startsWith(prefix) || prefix.startsWith(name);
            return leads ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = name(file);
            if (name.startsWith(prefix) && !file.getFileName().toString().startsWith(".")) {
              names.add(name);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              // Deleted since its folder was read.
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    Collections.sort(names);
    return names;
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = path(name);
    // A folder may have the name, too; it is nothing.
    if (!Files.isDirectory(file) && Files.deleteIfExists(file)) {
      force(file.getParent());
    }
  }

  @Override
  public void deleteUnfinished(String folder) throws IOException {
    Path inside = path(folder);
    if (!Files.isDirectory(inside)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(inside, TEMPORARY + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
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

  private Path path(String name) {
    return root.resolve(StoreName.checked(name));
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static void write(Path file, Body body) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      body.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private void publish(Path temporary, Path target, String name) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw StoreErrors.taken(name, e);
    } catch (UnsupportedOperationException e) {
      moveIfAbsent(temporary, target, name);
    }
  }

  private synchronized void moveIfAbsent(Path temporary, Path target, String name)
      throws IOException {
    if (Files.exists(target)) {
      throw StoreErrors.taken(name);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Creates {@code folder} and forces each folder that got a new entry. */
  private void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      createFolders(parent);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      return;
    }
    if (parent != null) {
      force(parent);
    }
  }

  /** Makes new and deleted entries of {@code folder} durable, where folders can be opened. */
  private static void force(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private record LogFile(FileChannel channel) implements GuardedLog.Medium {

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public void sync() throws IOException {
      // The length is forced as well, for without it the bytes could not be read.
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
