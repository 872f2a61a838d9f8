package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator that notes each call, throws at one of them if it is told to, and emits something at
 * each call that may emit.
 *
 * @param log gets {@code name call} for each call
 * @param failAt the call that throws, or ""
 * @param swallows whether exceptions of consumers are caught and dropped
 */
record Recorded(String name, List<String> log, String failAt, boolean swallows)
    implements Operator<Object> {

  static final class Thrown extends Exception {
    private static final long serialVersionUID = 1L;

    Thrown(String message) {
      super(message);
    }
  }

  static Recorded named(String name, List<String> log) {
    return new Recorded(name, log, "", false);
  }

  Recorded failingAt(String call) {
    return new Recorded(name, log, call, swallows);
  }

  Recorded swallowing() {
    return new Recorded(name, log, failAt, true);
  }

  /** What was called of {@code operator}, in order. */
  static List<String> callsOf(String operator, List<String> log) {
    List<String> calls = new ArrayList<>();
    for (String entry : log) {
      if (entry.startsWith(operator + " ")) {
        calls.add(entry.substring(operator.length() + 1));
      }
    }
    return calls;
  }

  @Override
  public Processor<Object> open(OperatorContext context) throws Thrown {
    note("open");
    Output<Object> out = context.output(0);
    return new Processor<>() {
      @Override
      public void process(Object element) throws Thrown {
        note("process " + element);
        emit(element);
      }

      @Override
      public void finishBundle() throws Thrown {
        note("finishBundle");
        emit(name + "'s bundle");
      }

      @Override
      public void finish() throws Thrown {
        note("finish");
        emit(name + "'s end");
      }

      @Override
      public void close() throws Thrown {
        note("close");
      }

      private void emit(Object element) {
        try {
          out.emit(element);
        } catch (RuntimeException e) {
          if (!swallows) {
            throw e;
          }
        }
      }
    };
  }

  private void note(String call) throws Thrown {
    log.add(name + " " + call);
    if (call.equals(failAt)) {
      throw new Thrown(name + " failed at " + call);
    }
  }
}
