package dev.sluice.engine.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
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
 * <p>{@link #rename} links and unlinks in the same way, so a crash may leave one file under both
 * names. Processes that rename one name to several at once may each succeed.
 *
 * <p>A log is a file under its own name from the start. Reading one does not disturb its writer.
 */
public final class LocalStore implements DurableStore {
  private static final String TEMPORARY = ".new-";

  private final Path root;
  private final LocalMover mover = new LocalMover();

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
    LocalFolders.create(folder);
    Path temporary = Files.createTempFile(folder, TEMPORARY, null);
    try {
      write(temporary, body);
      mover.publish(temporary, target, name);
    } finally {
      Files.deleteIfExists(temporary);
    }
    LocalFolders.force(folder);
  }

  @Override
  public DurableLog append(String name) throws IOException {
    Path file = path(name);
    LocalFolders.create(file.getParent());
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      throw StoreErrors.taken(name, e);
    }
    try {
      LocalLog log = LocalLog.open(file);
      LocalFolders.force(file.getParent());
      return new GuardedLog(name, describe(), log);
    } catch (IOException | RuntimeException | Error e) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
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
    Path within = root.resolve(StoreName.folder(prefix));
    if (!Files.isDirectory(within)) {
      return names;
    }
    Files.walkFileTree(
        within,
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
  public void rename(String from, String to) throws IOException {
    Path source = path(from);
    Path target = path(to);
    if (!Files.isRegularFile(source)) {
      throw StoreErrors.missing(from, describe());
    }
    LocalFolders.create(target.getParent());
    try {
      mover.rename(source, target, to);
    } catch (NoSuchFileException e) {
      throw StoreErrors.missing(from, describe(), e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = path(name);
    // A folder may have the name, too; it is nothing.
    if (!Files.isDirectory(file) && Files.deleteIfExists(file)) {
      LocalFolders.force(file.getParent());
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
}
