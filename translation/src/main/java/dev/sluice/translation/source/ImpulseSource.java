package dev.sluice.translation.source;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.util.List;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/** One empty byte array in the global window. */
public record ImpulseSource() implements Source<WindowedValue<byte[]>> {

  @Override
  public List<Split<WindowedValue<byte[]>>> splits(int parallelism, TaskScope scope) {
    return List.of(new Only());
  }

  private record Only() implements Split<WindowedValue<byte[]>> {
    @Override
    public void read(Output<WindowedValue<byte[]>> output, TaskScope scope) {
      output.emit(WindowedValues.valueInGlobalWindow(new byte[0]));
    }
  }
}
