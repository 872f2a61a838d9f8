package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the records of one block. For use by one attempt's thread; {@link #discard} by any, when
 * the attempt has ended.
 *
 * <p>Memory is reserved in steps. When a step is refused the block moves to disk if its level
 * allows it; otherwise it is given up, and what follows is ignored.
 */
final class BlockWriter {
  private static final long MAX_STEP_BYTES = 256 << 10;

  private final Block.Key key;
  private final StorageLevel level;
  private final Codec<Object> codec;
  private final Space space;
  private final SizeSample sizes;
  private final long stepBytes;
  private List<Object> records;
  private BlockData.Frames frames;
  private BlockData.OnDisk file;
  private FrameWriter encoder;
  private long reservedBytes;
  private long pendingBytes;
  private boolean ended;

  /** Where a context keeps blocks. */
  record Space(MemoryBudget budget, TempFiles files) {}

  BlockWriter(Block.Key key, StorageLevel level, Codec<Object> codec, Space space)
      throws IOException {
    this.key = key;
    this.level = level;
    this.codec = codec;
    this.space = space;
    this.sizes = new SizeSample(codec);
    this.stepBytes = Math.min(MAX_STEP_BYTES, space.budget().limitBytes() / 32);
    if (!level.memory()) {
      openFile();
    } else if (level.serialized()) {
      frames = new BlockData.Frames();
      encoder = new FrameWriter(codec, this::addFrame);
    } else {
      records = new ArrayList<>();
    }
  }

  void add(Object record) throws IOException {
    if (records != null) {
      records.add(record);
      pendingBytes += sizes.of(record);
      if (pendingBytes > stepBytes) {
        reservePending();
      }
    } else if (encoder != null) {
      encoder.write(record);
    }
  }

  /** Ends the block; null if it was given up. */
  Block finish() throws IOException {
    if (encoder != null) {
      encoder.flush();
    }
    reservePending();
    BlockData data = file != null ? file : frames;
    if (records != null) {
      data = new BlockData.Records(records);
    }
    ended = true;
    return data == null
        ? null
        : new Block(key, level, codec, space.budget(), new Block.Stored(data, reservedBytes));
  }

  /** Gives everything back, unless the block is complete and belongs to somebody else. */
  void discard() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    giveUp();
    if (file != null) {
      file.delete();
    }
  }

  private void openFile() throws IOException {
    file = BlockData.OnDisk.create(space.files());
    encoder = new FrameWriter(codec, file::append);
  }

  private void addFrame(byte[] payload, int length) throws IOException {
    pendingBytes += length;
    reservePending();
    if (frames != null) {
      frames.add(Arrays.copyOf(payload, length));
    }
  }

  private void reservePending() throws IOException {
    long bytes = pendingBytes;
    pendingBytes = 0;
    if (bytes == 0) {
      return;
    }
    if (space.budget().reserve(bytes)) {
      reservedBytes += bytes;
    } else if (level.disk()) {
      moveToDisk();
    } else {
      giveUp();
    }
  }

  private void moveToDisk() throws IOException {
    openFile();
    for (Object record : records) {
      encoder.write(record);
    }
    encoder.flush();
    giveUp();
  }

  /** Forgets what is in memory. */
  private void giveUp() {
    records = null;
    frames = null;
    if (file == null) {
      encoder = null;
    }
    space.budget().release(reservedBytes);
    reservedBytes = 0;
  }
}
