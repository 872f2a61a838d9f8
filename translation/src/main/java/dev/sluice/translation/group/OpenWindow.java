package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * A window of a key that more may come for, with what is kept of it.
 *
 * @param endMs its last timestamp, which is asked for in each batch, and dear to ask for
 */
record OpenWindow<S>(BoundedWindow window, long endMs, S kept) {

  static <S> OpenWindow<S> of(BoundedWindow window, S kept) {
    return new OpenWindow<>(window, window.maxTimestamp().getMillis(), kept);
  }

  /** The window, then what is kept. */
  record WindowCodec<S>(Coder<BoundedWindow> windowCoder, Codec<S> codec)
      implements Codec<OpenWindow<S>> {
    @Override
    public void encode(OpenWindow<S> open, OutputStream out) throws IOException {
      windowCoder.encode(open.window(), out);
      codec.encode(open.kept(), out);
    }

    @Override
    public OpenWindow<S> decode(InputStream in) throws IOException {
      BoundedWindow window = windowCoder.decode(in);
      return of(window, codec.decode(in));
    }
  }
}
