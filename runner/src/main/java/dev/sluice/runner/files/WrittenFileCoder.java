package dev.sluice.runner.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Writes files to checkpoints: its bytes are not to change. */
final class WrittenFileCoder extends AtomicCoder<WrittenFile> {
  private static final long serialVersionUID = 1L;
  private static final WrittenFileCoder INSTANCE = new WrittenFileCoder();
  private static final Coder<String> TEXT = StringUtf8Coder.of();
  private static final Coder<List<String>> TEXTS = ListCoder.of(TEXT);

  private WrittenFileCoder() {}

  static WrittenFileCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(WrittenFile file, OutputStream out) throws IOException {
    TEXT.encode(file.attempt(), out);
    TEXT.encode(file.name(), out);
    TEXTS.encode(file.earlier(), out);
  }

  @Override
  public WrittenFile decode(InputStream in) throws IOException {
    return new WrittenFile(TEXT.decode(in), TEXT.decode(in), TEXTS.decode(in));
  }
}
