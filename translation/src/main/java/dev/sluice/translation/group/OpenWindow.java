package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** A window of a key that more may come for, with what is kept of it. */
record OpenWindow<S>(BoundedWindow window, S kept) {

  long endMs() {
    return window.maxTimestamp().getMillis();
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
      return new OpenWindow<>(window, codec.decode(in));
    }
  }
}
