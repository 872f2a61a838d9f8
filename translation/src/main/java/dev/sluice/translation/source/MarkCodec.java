package dev.sluice.translation.source;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes where a reader has come to; of a mark that was set later, what it has come to mean. */
record MarkCodec<MarkT>(Codec<MarkT> marks) implements Codec<Object> {
  @Override
  @SuppressWarnings("unchecked")
  public void encode(Object mark, OutputStream out) throws IOException {
    marks.encode((MarkT) LateMark.resolved(mark), out);
  }

  @Override
  public Object decode(InputStream in) throws IOException {
    return marks.decode(in);
  }
}
