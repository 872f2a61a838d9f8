package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import java.util.List;

/**
 * Passes elements on and notes each call with the watermark that it sees. An element {@code hold 7}
 * makes it hold its output watermark at 7, {@code free} ends that; it emits {@code freed} then, as
 * its time moves. For a partition at a time.
 */
record Probe(String name, List<String> log) implements Operator<String> {
  private static final CellAddress HOLD = new CellAddress("", "hold");

  @Override
  public Processor<String> open(OperatorContext context) {
    Output<String> out = context.output(0);
    return new Processor<>() {
      private boolean freed;

      @Override
      public void process(String element) {
        log.add(name + " " + element + " at " + text(context.progress().inputWatermark()));
        if (element.startsWith("hold ")) {
          long time = Long.parseLong(element.substring("hold ".length()));
          context.state().key("").put(HOLD, new Kept<>("", time));
        } else if (element.equals("free")) {
          context.state().key("").remove(HOLD);
          freed = true;
        } else {
          out.emit(element);
        }
      }

      @Override
      public void advance(Progress now) {
        log.add(name + " moves to " + text(now.inputWatermark()));
        if (freed) {
          out.emit("freed");
        }
      }
    };
  }

  private static String text(long watermark) {
    return watermark == Long.MIN_VALUE
        ? "start"
        : watermark == Long.MAX_VALUE ? "end" : String.valueOf(watermark);
  }
}
