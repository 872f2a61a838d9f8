package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.logging.LogRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;

/** A run that has failed: what came out of it, and the errors that were logged meanwhile. */
record FailedRun(PipelineExecutionException thrown, List<LogRecord> errors) {

  /** Runs {@code pipeline}, which is to fail. */
  static FailedRun of(Pipeline pipeline) {
    try (LogCapture log = new LogCapture()) {
      PipelineResult result = pipeline.run();
      PipelineExecutionException thrown =
          assertThrows(PipelineExecutionException.class, result::waitUntilFinish);
      assertEquals(State.FAILED, result.getState());
      return new FailedRun(thrown, log.errors());
    }
  }

  Throwable cause() {
    return thrown.getCause();
  }

  /** Asserts that the cause is what user code threw, as it was. */
  void assertCause(Class<? extends Throwable> type, String message) {
    assertEquals(type, cause().getClass(), () -> "the cause is " + cause());
    assertEquals(message, cause().getMessage());
  }

  /** Asserts that the exception and the log tell which transform it was. */
  void assertNames(String transform) {
    List<String> named =
        Arrays.stream(thrown.getSuppressed())
            .filter(TransformFailure.class::isInstance)
            .map(t -> ((TransformFailure) t).transform())
            .toList();
    assertEquals(List.of(transform), named);
    assertTrue(
        errors.stream()
            .anyMatch(e -> e.getMessage().contains(transform) && e.getThrown() == cause()),
        () -> "no error in the log names " + transform + ": " + errors);
  }
}
