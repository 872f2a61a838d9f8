package dev.sluice.engine.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
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
      throw taken(name);
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
  public InputStream read(String name) throws IOException {
    try {
      return Files.newInputStream(path(name));
    } catch (NoSuchFileException e) {
      NoSuchFileException named =
          new NoSuchFileException(name, null, "nothing under this name in the store " + root);
      named.initCause(e);
      throw named;
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
    if (Files.deleteIfExists(file)) {
      force(file.getParent());
    }
  }

  private Path path(String name) {
    return root.resolve(StoreName.checked(name));
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static FileAlreadyExistsException taken(String name) {
    return new FileAlreadyExistsException(
        name, null, "the name is taken, and what a store holds is never replaced");
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
      FileAlreadyExistsException taken = taken(name);
      taken.initCause(e);
      throw taken;
    } catch (UnsupportedOperationException e) {
      moveIfAbsent(temporary, target, name);
    }
  }

  private synchronized void moveIfAbsent(Path temporary, Path target, String name)
      throws IOException {
    if (Files.exists(target)) {
      throw taken(name);
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
}
