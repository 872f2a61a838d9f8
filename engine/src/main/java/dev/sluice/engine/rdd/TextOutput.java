package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A folder of text files while it is written. For use by the thread of the action.
 *
 * <p>An attempt writes to a name of its own below {@code _temporary}; when all tasks have succeeded
 * their files are renamed, the others are deleted, and {@code _SUCCESS} says that it is complete.
 */
final class TextOutput {
  private static final String TEMPORARY = "_temporary";

  private final Path folder;
  private final Path created;

  private TextOutput(Path folder, Path created) {
    this.folder = folder;
    this.created = created;
  }

  /** Creates {@code folder}, and the folders above it if need be. */
  static TextOutput create(Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "exists already: delete it or name another folder");
    }
    Path topmost = target;
    while (topmost.getParent() != null && !Files.exists(topmost.getParent())) {
      topmost = topmost.getParent();
    }
    TextOutput output = new TextOutput(target, topmost);
    try {
      if (target.getParent() != null) {
        Files.createDirectories(target.getParent());
      }
      Files.createDirectory(target);
      Files.createDirectory(target.resolve(TEMPORARY));
    } catch (IOException e) {
      output.discard(e);
      throw e;
    }
    return output;
  }

  /** The operator that writes the partitions of {@code branch} and reports the names of files. */
  Operator<Object> writer(Branch branch) {
    return new Writer(folder.resolve(TEMPORARY).toString(), branch.tasks());
  }

  /** Makes the files with the given temporary names the result, partition by partition. */
  void complete(List<String> names) throws IOException {
    for (int p = 0; p < names.size(); p++) {
      Path part = folder.resolve(String.format("part-%05d", p));
      Files.move(temporary(names.get(p)), part, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteAll(folder.resolve(TEMPORARY));
    Files.createFile(folder.resolve("_SUCCESS"));
  }

  /** Deletes everything; what fails is noted in {@code reason}. */
  void discard(Throwable reason) {
    try {
      if (Files.exists(created)) {
        deleteAll(created);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private Path temporary(String name) {
    return folder.resolve(TEMPORARY).resolve(name);
  }

  private static void deleteAll(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private record Writer(String temporary, Branch.Tasks tasks) implements Operator<Object> {
    @Override
    public Processor<Object> open(OperatorContext context) throws IOException {
      int partition = tasks.partition(context.scope());
      String name = String.format("part-%05d-a%d", partition, context.scope().attempt());
      BufferedWriter file = Files.newBufferedWriter(Path.of(temporary, name));
      return new Processor<>() {
        @Override
        public void process(Object record) throws IOException {
          file.write(String.valueOf(record));
          file.write('\n');
        }

        @Override
        public void finish() throws IOException {
          file.close();
          context.result(name);
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }
}
