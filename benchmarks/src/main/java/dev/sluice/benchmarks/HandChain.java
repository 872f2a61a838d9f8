package dev.sluice.benchmarks;

import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/** Beam's DoFn runners, each calling the next, and nothing else. */
final class HandChain {
  private final PipelineOptions options = PipelineOptionsFactory.create();
  private final DoFnRunner<Long, Long> first;
  private long last;

  HandChain(int length) {
    WindowedValueMultiReceiver end =
        new WindowedValueMultiReceiver() {
          @Override
          public <T> void output(TupleTag<T> tag, WindowedValue<T> value) {
            last = (Long) value.getValue();
          }
        };
    DoFnRunner<Long, Long> runner = runner(end);
    for (int i = 1; i < length; i++) {
      runner = runner(to(runner));
    }
    first = runner;
  }

  long run(WindowedValue<Long> record, int times) {
    for (int i = 0; i < times; i++) {
      first.processElement(record);
    }
    return last;
  }

  private static WindowedValueMultiReceiver to(DoFnRunner<Long, Long> next) {
    return new WindowedValueMultiReceiver() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> void output(TupleTag<T> tag, WindowedValue<T> value) {
        next.processElement((WindowedValue<Long>) value);
      }
    };
  }

  private DoFnRunner<Long, Long> runner(WindowedValueMultiReceiver output) {
    return DoFnRunners.simpleRunner(
        options,
        new AddOne(),
        NullSideInputReader.empty(),
        output,
        AddOne.TAG,
        List.of(),
        new NoContext(),
        VarLongCoder.of(),
        Map.of(AddOne.TAG, VarLongCoder.of()),
        WindowingStrategy.globalDefault(),
        DoFnSchemaInformation.create(),
        Map.of());
  }

  private record NoContext() implements StepContext {
    @Override
    public StateInternals stateInternals() {
      throw new UnsupportedOperationException();
    }

    @Override
    public TimerInternals timerInternals() {
      throw new UnsupportedOperationException();
    }
  }
}
