package dev.sluice.engine.storage;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Connects to a file system of Hadoop, or says what to do about it. */
final class HadoopConnection {
  private HadoopConnection() {}

  static Path folder(URI location) {
    Path folder = new Path(location);
    return folder.toUri().getPath().isEmpty() ? new Path(folder, "/") : folder;
  }

  /** A file system of the caller's own: one from Hadoop's cache could be closed by others. */
  static FileSystem open(URI location, Map<String, String> properties) throws IOException {
    try {
      Configuration configuration = new Configuration();
      properties.forEach(configuration::set);
      probe(location, configuration);
      FileSystem files = FileSystem.newInstance(location, configuration);
      // The checksums that Hadoop keeps beside local files would not be synced with them.
      return files instanceof LocalFileSystem local ? local.getRaw() : files;
    } catch (UnsupportedFileSystemException e) {
      throw new IOException(
          "no file system has the scheme of the store "
              + location
              + ": use a path, file: or hdfs:, or put the connector of "
              + location.getScheme()
              + ": for Hadoop on the class path",
          e);
    } catch (IOException | IllegalArgumentException e) {
      // The latter is how Hadoop reports an unknown host.
      throw new IOException(
          "cannot reach the store "
              + location
              + " ("
              + e.getMessage()
              + "): check host and port and that the service is up, and put the cluster's"
              + " core-site.xml and hdfs-site.xml on the class path if it needs them",
          e);
    }
  }

  /** Asks once, and gives up sooner than Hadoop would: after minutes nobody knows why it waits. */
  private static void probe(URI location, Configuration configuration) throws IOException {
    Configuration hasty = new Configuration(configuration);
    hasty.setInt("ipc.client.connect.max.retries", 2);
    hasty.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    try (FileSystem files = FileSystem.newInstance(location, hasty)) {
      files.exists(folder(location));
    }
  }
}
