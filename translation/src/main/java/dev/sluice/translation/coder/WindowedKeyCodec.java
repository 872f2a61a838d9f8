package dev.sluice.translation.coder;

import dev.sluice.engine.codec.KeyCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * The codec of {@link WindowedKey}: key, then window.
 *
 * @param keyCodec codec of the key alone
 * @param windowCoder coder of the windows
 */
public record WindowedKeyCodec<K>(KeyCodec<K> keyCodec, Coder<BoundedWindow> windowCoder)
    implements KeyCodec<WindowedKey<K>> {

  @Override
  public boolean consistentWithEquals(WindowedKey<K> key) {
    return (key.key() == null || keyCodec.consistentWithEquals(key.key()))
        && windowCoder.consistentWithEquals();
  }

  @Override
  public void encode(WindowedKey<K> value, OutputStream out) throws IOException {
    keyCodec.encode(value.key(), out);
    windowCoder.encode(value.window(), out);
  }

  @Override
  public WindowedKey<K> decode(InputStream in) throws IOException {
    K key = keyCodec.decode(in);
    return new WindowedKey<>(key, windowCoder.decode(in));
  }
}
