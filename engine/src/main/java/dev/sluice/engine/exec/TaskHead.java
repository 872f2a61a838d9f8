package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.ExchangeBuffer;
import dev.sluice.engine.exchange.ExchangeReader;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.PullNode;
import dev.sluice.engine.plan.PullOperator;
import dev.sluice.engine.plan.Source.Split;
import java.util.ArrayList;
import java.util.List;

/** Where the records of one task come from. */
sealed interface TaskHead {

  /** Emits them all. */
  void read(Output<Object> output, TaskAttempt attempt) throws Exception;

  /** The operator that its records go to, or null if they go where the stage's head emits. */
  default OperatorNode entry() {
    return null;
  }

  /** Whether there is no record. */
  default boolean isEmpty() {
    return false;
  }

  /** No record: a task for what is due. */
  record OfNothing() implements TaskHead {
    @Override
    public void read(Output<Object> output, TaskAttempt attempt) {}

    @Override
    public boolean isEmpty() {
      return true;
    }
  }

  /** What earlier tasks of the stage have left for one operator. */
  record OfDeferred(OperatorNode entry, List<Object> elements) implements TaskHead {
    @Override
    public void read(Output<Object> output, TaskAttempt attempt) {
      elements.forEach(output::emit);
    }
  }

  /** A split of a source. */
  record OfSplit(String name, Split<?> split) implements TaskHead {
    @Override
    @SuppressWarnings("unchecked")
    public void read(Output<Object> output, TaskAttempt attempt) {
      try {
        ((Split<Object>) split).read(output, attempt);
      } catch (Throwable t) {
        throw attempt.failed(name, t);
      }
    }
  }

  /** A partition of an exchange. */
  record OfExchange(String name, ExchangeBuffer buffer, int partition) implements TaskHead {
    @Override
    public boolean isEmpty() {
      return buffer.isEmpty(partition);
    }

    @Override
    public void read(Output<Object> output, TaskAttempt attempt) {
      try (ExchangeReader reader = buffer.read(partition, attempt::checkStopped)) {
        reader.pushTo(output);
      } catch (Throwable t) {
        throw attempt.failed(name, t);
      }
    }
  }

  /** A partition that an operator computes from partitions of exchanges. */
  record OfPull(PullNode node, List<ExchangeBuffer> buffers, int partition) implements TaskHead {
    @Override
    @SuppressWarnings("unchecked")
    public void read(Output<Object> output, TaskAttempt attempt) {
      List<ExchangeReader> open = new ArrayList<>();
      try {
        ((PullOperator<Object>) node.operator()).run(inputs(open), output, attempt);
      } catch (Throwable t) {
        throw attempt.failed(node.name(), t);
      } finally {
        open.forEach(ExchangeReader::close);
      }
    }

    private PullOperator.Inputs inputs(List<ExchangeReader> open) {
      return new PullOperator.Inputs() {
        @Override
        public int partitions(int input) {
          return buffers.get(input).partitions();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <E> Iterable<E> read(int input, int partition) {
          ExchangeReader reader = buffers.get(input).read(partition);
          open.add(reader);
          return (Iterable<E>) (Iterable<?>) reader.records();
        }
      };
    }
  }
}
