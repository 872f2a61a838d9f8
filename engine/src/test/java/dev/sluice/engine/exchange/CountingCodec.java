package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.VarInt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes numbers and counts its calls. */
record CountingCodec(AtomicInteger encoded, AtomicInteger decoded, boolean consistent)
    implements KeyCodec<Integer> {

  CountingCodec(boolean consistent) {
    this(new AtomicInteger(), new AtomicInteger(), consistent);
  }

  @Override
  public void encode(Integer value, OutputStream out) throws IOException {
    encoded.incrementAndGet();
    VarInt.write(value, out);
  }

  @Override
  public Integer decode(InputStream in) throws IOException {
    decoded.incrementAndGet();
    return VarInt.read(in);
  }

  @Override
  public boolean consistentWithEquals(Integer key) {
    return consistent;
  }
}
