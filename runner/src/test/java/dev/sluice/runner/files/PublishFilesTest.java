package dev.sluice.runner.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.OutputBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishFilesTest {
  private static final WrittenFile FILE =
      new WrittenFile("_attempts/2-2-2.s.f1", "part-f1.txt", List.of("_attempts/1-1-1."));

  @TempDir Path folder;

  private DurableStore store;
  private PublishFiles publish;

  @BeforeEach
  void setUp() throws IOException {
    store = new LocalStore(folder);
    publish = new PublishFiles(new SinkFolder(folder.toString()));
    publish.setUp();
  }

  @AfterEach
  void tearDown() throws IOException {
    publish.tearDown();
  }

  @Test
  void renamesAndDeletesWhatEarlierRunsHaveLeft() throws IOException {
    for (String left : List.of("1-1-1.s.f1", "1-1-1.t.f1", "1-1-11.s.f1", "2-2-2.s.f2", "3.s.f")) {
      create("_attempts/" + left);
    }
    create(FILE.attempt());
    assertEquals(List.of(KV.of("_attempts/2-2-2.s.", "part-f1.txt")), process());
    assertEquals(
        List.of("_attempts/1-1-11.s.f1", "_attempts/2-2-2.s.f2", "_attempts/3.s.f", "part-f1.txt"),
        store.list(""));
  }

  @Test
  void isDoneAgainWithoutHarm() throws IOException {
    create(FILE.attempt());
    process();
    assertEquals(1, process().size());
    assertEquals(List.of("part-f1.txt"), store.list(""));
  }

  @Test
  void saysThatAFileIsLostAndGoesOnWithAnEmptyOne() throws IOException {
    var e = assertThrows(IOException.class, this::process);
    for (String part : List.of(FILE.attempt(), FILE.name(), "make an empty file " + folder)) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    create(FILE.name());
    assertEquals(1, process().size());
  }

  @Test
  void neverReplacesAFile() throws IOException {
    create(FILE.attempt());
    create(FILE.name());
    var e = assertThrows(IOException.class, this::process);
    assertTrue(e.getMessage().contains("there is another file of this name"), e.getMessage());
    assertEquals(List.of(FILE.attempt(), FILE.name()), store.list(""));
  }

  @Test
  void filesAreTheSameBehindACheckpoint() throws IOException {
    WrittenFileCoder coder = WrittenFileCoder.of();
    byte[] bytes = CoderUtils.encodeToByteArray(coder, FILE);
    assertEquals(FILE, CoderUtils.decodeFromByteArray(coder, bytes));
  }

  private void create(String name) throws IOException {
    store.create(name, out -> out.write('\n'));
  }

  private List<KV<String, String>> process() throws IOException {
    List<KV<String, String>> names = new ArrayList<>();
    publish.process(FILE, new Receiver(names));
    return names;
  }

  /** Keeps what it is given, in whatever window. */
  private record Receiver(List<KV<String, String>> names)
      implements OutputReceiver<KV<String, String>> {
    @Override
    public void output(KV<String, String> name) {
      names.add(name);
    }

    @Override
    public OutputBuilder<KV<String, String>> builder(KV<String, String> name) {
      throw new UnsupportedOperationException("only output is called");
    }
  }
}
