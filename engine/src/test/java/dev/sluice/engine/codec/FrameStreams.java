package dev.sluice.engine.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Writes bytes as frames and reads them back, in pieces of all sizes. */
final class FrameStreams {
  static final String NAME = "some-file";

  private FrameStreams() {}

  /** Bytes that compress well, or not at all. */
  static byte[] bytes(int size, Random random) {
    byte[] bytes = new byte[size];
    if (random.nextBoolean()) {
      random.nextBytes(bytes);
    }
    for (int i = 0; i < Math.min(size, 50); i++) {
      bytes[random.nextInt(size)] = (byte) random.nextInt();
    }
    return bytes;
  }

  static byte[] file(byte[] content) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    FrameOutput out = new FrameOutput(file);
    out.write(content);
    out.finish();
    return file.toByteArray();
  }

  /** The same by single bytes and by arrays of which only a part is to be written. */
  static byte[] fileInPieces(byte[] content, Random random) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    FrameOutput out = new FrameOutput(file);
    for (int at = 0; at < content.length; ) {
      int length = pieceLength(content.length - at, random);
      if (length == 1) {
        out.write(content[at]);
      } else {
        out.write(content, at, length);
      }
      at += length;
    }
    out.finish();
    return file.toByteArray();
  }

  static FrameInput open(byte[] file) {
    return new FrameInput(new ByteArrayInputStream(file), NAME);
  }

  static byte[] contentInPieces(byte[] file, Random random) throws IOException {
    FrameInput in = open(file);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      byte[] piece = new byte[pieceLength(100_000, random) + 1];
      if (random.nextBoolean()) {
        int b = in.read();
        if (b < 0) {
          return content.toByteArray();
        }
        content.write(b);
      } else {
        int count = in.read(piece, 1, piece.length - 1);
        if (count < 0) {
          return content.toByteArray();
        }
        content.write(piece, 1, count);
      }
    }
  }

  private static int pieceLength(int most, Random random) {
    int about =
        switch (random.nextInt(3)) {
          case 0 -> 1;
          case 1 -> random.nextInt(1_000);
          default -> random.nextInt(100_000);
        };
    return Math.max(1, Math.min(most, about));
  }
}
