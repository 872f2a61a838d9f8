package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Gives rows the schema of the collection that they are in.
 *
 * <p>A DoFn may output rows whose schema is equivalent to the declared one but names fields
 * differently (Beam's Select does). Runners that encode between transforms change the names without
 * noticing; by reference it has to be done.
 */
public record ConformRows(Coder<?> coder) implements Operator<WindowedValue<Object>> {

  /** Whether the elements of a coder are rows, or pairs with rows. */
  public static boolean appliesTo(Coder<?> coder) {
    return coder instanceof KvCoder<?, ?> pair
        ? appliesTo(pair.getKeyCoder()) || appliesTo(pair.getValueCoder())
        : isRowCoder(coder);
  }

  private static boolean isRowCoder(Coder<?> coder) {
    return coder instanceof RowCoder
        || (coder instanceof SchemaCoder<?> schemaCoder
            && schemaCoder.getEncodedTypeDescriptor().equals(TypeDescriptors.rows()));
  }

  @Override
  public Processor<WindowedValue<Object>> open(OperatorContext context) {
    Output<WindowedValue<Object>> output = context.output(0);
    UnaryOperator<Object> conform = conformer(coder);
    return element -> {
      Object value = element.getValue();
      Object conformed = conform.apply(value);
      output.emit(isSame(value, conformed) ? element : element.withValue(conformed));
    };
  }

  /** A function that returns its argument itself if there is nothing to do. */
  private static UnaryOperator<Object> conformer(Coder<?> coder) {
    if (isRowCoder(coder)) {
      return new Rows(((SchemaCoder<?>) coder).getSchema());
    }
    if (coder instanceof KvCoder<?, ?> pair) {
      return pairs(conformer(pair.getKeyCoder()), conformer(pair.getValueCoder()));
    }
    return UnaryOperator.identity();
  }

  private static UnaryOperator<Object> pairs(
      UnaryOperator<Object> keys, UnaryOperator<Object> values) {
    return pair -> {
      KV<?, ?> kv = (KV<?, ?>) pair;
      Object key = keys.apply(kv.getKey());
      Object value = values.apply(kv.getValue());
      return isSame(key, kv.getKey()) && isSame(value, kv.getValue()) ? kv : KV.of(key, value);
    };
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Object a, Object b) {
    return a == b;
  }

  private static final class Rows implements UnaryOperator<Object> {
    private final Schema schema;
    private Schema lastSeen;
    private boolean lastConforms;

    Rows(Schema schema) {
      this.schema = schema;
    }

    @Override
    public Object apply(Object value) {
      return value instanceof Row row && !conforms(row.getSchema())
          ? Row.withSchema(schema).attachValues(row.getValues())
          : value;
    }

    /** Compares schemas once for each schema object, not for each row. */
    private boolean conforms(Schema seen) {
      if (!isSame(seen, lastSeen)) {
        lastSeen = seen;
        lastConforms = seen.equals(schema);
      }
      return lastConforms;
    }
  }
}
