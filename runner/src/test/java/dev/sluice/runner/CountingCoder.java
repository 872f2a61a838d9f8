package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Counts how often it is called. */
final class CountingCoder extends AtomicCoder<CountingCoder.Item> {
  private static final long serialVersionUID = 1L;

  private final boolean consistentWithEquals;
  private final Shared<AtomicLong> encoded = Shared.of(new AtomicLong());
  private final Shared<AtomicLong> decoded = Shared.of(new AtomicLong());

  CountingCoder(boolean consistentWithEquals) {
    this.consistentWithEquals = consistentWithEquals;
  }

  /** A type that no other coder is registered for. */
  record Item(long value) {}

  long encoded() {
    return encoded.get().get();
  }

  long decoded() {
    return decoded.get().get();
  }

  @Override
  public void encode(Item item, OutputStream out) throws IOException {
    encoded.get().incrementAndGet();
    VarLongCoder.of().encode(item.value(), out);
  }

  @Override
  public Item decode(InputStream in) throws IOException {
    decoded.get().incrementAndGet();
    return new Item(VarLongCoder.of().decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return consistentWithEquals;
  }

  @Override
  public void verifyDeterministic() {}
}
