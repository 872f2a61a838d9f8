package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Cannot encode what is secret. */
final class SecretCoder extends AtomicCoder<SecretCoder.Secret> {
  private static final long serialVersionUID = 1L;
  static final String CONTENT = "nobody's business";

  /** Something whose content must not be in a log. */
  record Secret(String content) {}

  @Override
  public void encode(Secret value, OutputStream out) throws IOException {
    if (value.content().equals(CONTENT)) {
      throw new CoderException("unwilling");
    }
    StringUtf8Coder.of().encode(value.content(), out);
  }

  @Override
  public Secret decode(InputStream in) throws IOException {
    return new Secret(StringUtf8Coder.of().decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public String toString() {
    return "SecretCoder";
  }
}
