package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
  private static final Logger HADOOP = Logger.getLogger("org.apache.hadoop");

  @TempDir Path folder;

  @Test
  void opensFoldersOfTheMachineWithoutHadoop() throws IOException {
    String path = folder.resolve("s").toString();
    for (String location : List.of(path, "file:" + path, "file://" + path, "FILE:" + path)) {
      DurableStore store = assertInstanceOf(LocalStore.class, StoreLocation.open(location));
      assertEquals(path, store.describe());
    }
    assertInstanceOf(LocalStore.class, StoreLocation.open("some/folder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hdfs:folder", "hdfs://a b/", "file:folder", "file://host/x"})
  void refusesWhatItCannotUnderstand(String location) {
    var e = assertThrows(IllegalArgumentException.class, () -> StoreLocation.open(location));
    assertTrue(e.getMessage().contains("location of a store"), e.getMessage());
  }

  @Test
  void saysWhatToDoAboutAnUnknownScheme() {
    var e = assertThrows(IOException.class, () -> StoreLocation.open("cloud://bucket/x"));
    assertTrue(e.getMessage().contains("scheme of the store cloud://bucket/x"), e.getMessage());
    assertTrue(e.getMessage().contains("the connector of cloud:"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hdfs://127.0.0.1:1/x", "hdfs://no-such-host.invalid:8020/x", "hdfs:///x"})
  void saysWhatToDoAboutAHostThatDoesNotAnswer(String location) {
    HADOOP.setLevel(Level.OFF);
    var e = assertThrows(IOException.class, () -> StoreLocation.open(location));
    assertTrue(e.getMessage().contains("cannot reach the store " + location), e.getMessage());
    assertTrue(e.getMessage().contains("core-site.xml"), e.getMessage());
  }

  @Test
  void namesTheDependencyWhereHadoopIsAbsent() throws Exception {
    try (URLClassLoader loader = loader(StoreLocation.class)) {
      assertNamesTheDependency(loader);
      Object local = open(loader, folder.toString());
      assertEquals(folder.toString(), local.toString());
      assertEquals(List.of(), local.getClass().getMethod("list", String.class).invoke(local, ""));
    }
  }

  @Test
  void namesTheDependencyWhereHadoopIsNotComplete() throws Exception {
    try (URLClassLoader loader = loader(StoreLocation.class, FileSystem.class)) {
      assertNamesTheDependency(loader);
    }
  }

  private static void assertNamesTheDependency(URLClassLoader loader) {
    var e =
        assertThrows(
            InvocationTargetException.class, () -> open(loader, "hdfs://127.0.0.1:1/store"));
    var cause = assertInstanceOf(IOException.class, e.getCause());
    assertTrue(
        cause.getMessage().contains("org.apache.hadoop:hadoop-client:3.4.2"), cause.getMessage());
  }

  /** Sees Java and the jars or folders that these classes are in, nothing else. */
  private static URLClassLoader loader(Class<?>... from) {
    URL[] places = new URL[from.length];
    for (int i = 0; i < from.length; i++) {
      places[i] = from[i].getProtectionDomain().getCodeSource().getLocation();
    }
    return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
  }

  private static Object open(ClassLoader loader, String location)
      throws ReflectiveOperationException {
    return loader
        .loadClass(StoreLocation.class.getName())
        .getMethod("open", String.class)
        .invoke(null, location);
  }
}
