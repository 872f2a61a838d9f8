package dev.sluice.translation;

import java.util.List;

/** A pipeline that cannot be run as it is, with every reason. */
public final class UnsupportedPipelineException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  UnsupportedPipelineException(List<String> problems) {
    super("the pipeline cannot be run:\n  " + String.join("\n  ", problems));
  }
}
