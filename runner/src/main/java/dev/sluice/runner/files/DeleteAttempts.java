package dev.sluice.runner.files;

import java.io.IOException;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Deletes at the end of its input what a sink's failed tasks have left: when all that counts is
 * published. Keys are what the names start with.
 */
final class DeleteAttempts extends DoFn<KV<String, String>, Void> {
  private static final long serialVersionUID = 1L;
  private static final String WRITES = "writes";

  @StateId(WRITES)
  private final StateSpec<ValueState<Boolean>> spec = StateSpecs.value(BooleanCoder.of());

  private final SinkFolder folder;

  DeleteAttempts(SinkFolder folder) {
    this.folder = folder;
  }

  @Setup
  public void setUp() throws IOException {
    folder.open();
  }

  @ProcessElement
  public void process(@StateId(WRITES) ValueState<Boolean> writes) {
    writes.write(true);
  }

  @OnWindowExpiration
  public void end(@Key String prefix) throws IOException {
    folder.deleteAll(prefix);
  }

  @Teardown
  public void tearDown() throws IOException {
    folder.close();
  }
}
