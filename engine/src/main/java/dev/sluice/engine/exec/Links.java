package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.ExchangeWriter;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.List;

/** The connections between processors: plain calls. */
final class Links {
  private Links() {}

  /** One consumer; whatever it throws is given the operator's name, once. */
  static final class ToProcessor implements Output<Object> {
    private final String name;
    private final Processor<Object> processor;
    private final TaskAttempt attempt;

    ToProcessor(String name, Processor<Object> processor, TaskAttempt attempt) {
      this.name = name;
      this.processor = processor;
      this.attempt = attempt;
    }

    @Override
    public void emit(Object element) {
      attempt.checkStopped();
      try {
        processor.process(element);
      } catch (Throwable t) {
        throw attempt.failed(name, t);
      }
    }
  }

  /** A writer of an exchange. */
  record ToExchange(String name, ExchangeWriter writer, TaskAttempt attempt)
      implements Output<Object> {
    @Override
    public void emit(Object element) {
      attempt.checkStopped();
      try {
        writer.emit(element);
      } catch (Throwable t) {
        throw attempt.failed(name, t);
      }
    }
  }

  /** Several consumers, in order. */
  record ToAll(List<Output<Object>> outputs) implements Output<Object> {
    @Override
    public void emit(Object element) {
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).emit(element);
      }
    }
  }

  /** The one output for {@code consumers}, of which there may be none. */
  static Output<Object> join(List<Output<Object>> consumers) {
    return switch (consumers.size()) {
      case 0 -> element -> {};
      case 1 -> consumers.get(0);
      default -> new ToAll(List.copyOf(consumers));
    };
  }
}
