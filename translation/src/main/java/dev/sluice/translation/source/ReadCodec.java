package dev.sluice.translation.source;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.values.WindowedValue;

/** Codes what is in the blocks of a read: windowed elements, and metrics between them. */
record ReadCodec<T>(Codec<WindowedValue<T>> elements, String transform) implements Codec<Object> {
  private static final int ELEMENT = 0;
  private static final int METRICS = 1;

  @Override
  @SuppressWarnings("unchecked")
  public void encode(Object record, OutputStream out) throws IOException {
    if (record instanceof BlockMetrics metrics) {
      out.write(METRICS);
      metrics.encode(out);
    } else {
      out.write(ELEMENT);
      elements.encode((WindowedValue<T>) record, out);
    }
  }

  @Override
  public Object decode(InputStream in) throws IOException {
    int kind = in.read();
    return switch (kind) {
      case ELEMENT -> elements.decode(in);
      case METRICS -> BlockMetrics.decode(in, transform);
      default -> throw new IOException("neither an element nor metrics: kind " + kind);
    };
  }
}
