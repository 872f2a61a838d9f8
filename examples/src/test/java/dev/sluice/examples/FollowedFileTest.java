package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.examples.FollowedFile.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
  @TempDir Path folder;

  private final PipelineOptions options = PipelineOptionsFactory.create();
  private Path file;
  private FollowedFile source;

  @BeforeEach
  void name() {
    file = folder.resolve("numbers");
    source =
        new FollowedFile(
            file.toString(),
            LineTimes.written(
                line -> Optional.of(Instant.ofEpochMilli(Long.parseLong(line))),
                Duration.millis(5)));
  }

  @Test
  void waitsForTheFileAndForTheEndOfEachLine() throws IOException {
    try (UnboundedReader<String> reader = source.createReader(options, null)) {
      assertFalse(reader.start());
      append("10");
      assertFalse(reader.advance());
      assertEquals(BoundedWindow.TIMESTAMP_MIN_VALUE, reader.getWatermark());
      append("0\n");
      assertTrue(reader.advance());
      assertEquals("100", reader.getCurrent());
      assertEquals(Instant.ofEpochMilli(100), reader.getCurrentTimestamp());
      assertEquals(Instant.ofEpochMilli(95), reader.getWatermark());
      append("98\n");
      assertTrue(reader.advance());
      assertEquals(Instant.ofEpochMilli(98), reader.getCurrentTimestamp());
      assertEquals(Instant.ofEpochMilli(95), reader.getWatermark());
    }
  }

  @Test
  void goesOnWhereItsMarkStands() throws IOException {
    append("100\n200\n30");
    Position mark;
    try (UnboundedReader<String> reader = source.createReader(options, null)) {
      assertTrue(reader.start());
      mark = (Position) reader.getCheckpointMark();
      assertTrue(reader.advance());
    }
    assertEquals(new Position(4, 100), mark);
    append("0\n");
    try (UnboundedReader<String> reader = source.createReader(options, mark)) {
      assertTrue(reader.start());
      assertEquals("200", reader.getCurrent());
      assertEquals(Instant.ofEpochMilli(195), reader.getWatermark());
      assertTrue(reader.advance());
      assertEquals("300", reader.getCurrent());
      assertEquals(new Position(12, 300), reader.getCheckpointMark());
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
