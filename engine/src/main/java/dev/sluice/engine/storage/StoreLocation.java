package dev.sluice.engine.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Opens a store by where it is: a path or {@code file:} for a {@link LocalStore}, any other scheme,
 * such as {@code hdfs:}, for a {@link HadoopStore}. Hadoop is loaded only for the latter.
 */
public final class StoreLocation {
  /** One letter before a colon is a drive. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final String HADOOP = "org.apache.hadoop.fs.FileSystem";

  private StoreLocation() {}

  /**
   * Opens the store at {@code location}, for as long as the process lives. A folder that is not
   * there is created with the first name.
   *
   * @throws IllegalArgumentException if the location cannot be understood
   * @throws IOException if there can be no folder, if Hadoop is needed and not there, if no file
   *     system has the scheme, or if nobody answers there
   */
  public static DurableStore open(String location) throws IOException {
    return open(location, Map.of());
  }

  /** The same with properties for Hadoop, which go before those that it finds itself. */
  public static DurableStore open(String location, Map<String, String> hadoopProperties)
      throws IOException {
    if (location.isBlank()) {
      throw new IllegalArgumentException("no location of a store: give a path or a URI");
    }
    URI uri = null;
    try {
      if (!SCHEME.matcher(location).matches()) {
        return local(Path.of(location));
      }
      uri = new URI(location);
      if (uri.getScheme().equalsIgnoreCase("file")) {
        return local(Path.of(uri));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw misunderstood(location, e.getMessage(), e);
    }
    if (uri.isOpaque()) {
      throw misunderstood(location, "no slash follows the scheme", null);
    }
    return openHadoop(uri, hadoopProperties);
  }

  private static DurableStore local(Path folder) throws IOException {
    Path existing = folder.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing)) {
      throw new IOException(folder + " is not a folder, " + existing + " is a file");
    }
    if (!Files.isWritable(existing)) {
      throw new IOException("cannot write to " + existing + ", where the store " + folder + " is");
    }
    return new LocalStore(folder);
  }

  private static DurableStore openHadoop(URI location, Map<String, String> properties)
      throws IOException {
    try {
      Class.forName(HADOOP, false, StoreLocation.class.getClassLoader());
      return HadoopStore.open(location, properties);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IOException(
          "the store "
              + location
              + " needs Hadoop, which is not or not wholly on the class path: add the Maven"
              + " dependency org.apache.hadoop:hadoop-client:3.4.2, or"
              + " org.apache.hadoop:hadoop-client-runtime:3.4.2, which hides what it depends on",
          e);
    }
  }

  private static IllegalArgumentException misunderstood(
      String location, String why, Exception cause) {
    return new IllegalArgumentException(
        "'"
            + location
            + "' is no location of a store ("
            + why
            + "): give a path, file:///folder or hdfs://host:port/folder",
        cause);
  }
}
