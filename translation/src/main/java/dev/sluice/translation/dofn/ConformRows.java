package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaCoder;
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
public record ConformRows(Schema schema) implements Operator<WindowedValue<Row>> {

  /** Whether the elements of a coder are rows. */
  public static boolean appliesTo(Coder<?> coder) {
    return coder instanceof RowCoder
        || (coder instanceof SchemaCoder<?> schemaCoder
            && schemaCoder.getEncodedTypeDescriptor().equals(TypeDescriptors.rows()));
  }

  /** An operator for the rows of {@code coder}, to which {@link #appliesTo} applies. */
  public static ConformRows of(Coder<?> coder) {
    return new ConformRows(((SchemaCoder<?>) coder).getSchema());
  }

  @Override
  public Processor<WindowedValue<Row>> open(OperatorContext context) {
    Output<WindowedValue<Row>> output = context.output(0);
    return new Processor<>() {
      private Schema lastSeen = schema;
      private boolean lastConforms = true;

      @Override
      public void process(WindowedValue<Row> element) {
        Row row = element.getValue();
        if (row == null || conforms(row.getSchema())) {
          output.emit(element);
        } else {
          Row renamed = Row.withSchema(schema).attachValues(row.getValues());
          output.emit(element.withValue(renamed));
        }
      }

      /** Compares schemas once for each schema object, not for each row. */
      @SuppressWarnings("ReferenceEquality")
      private boolean conforms(Schema seen) {
        if (seen != lastSeen) {
          lastSeen = seen;
          lastConforms = seen.equals(schema);
        }
        return lastConforms;
      }
    };
  }
}
