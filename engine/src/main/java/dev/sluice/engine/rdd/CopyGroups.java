package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.ArrayList;
import java.util.List;

/** Copies the values of large groups into lists, in records that are such values or pairs. */
record CopyGroups() implements Operator<Object> {

  @Override
  public Processor<Object> open(OperatorContext context) {
    Output<Object> out = context.output(0);
    return record -> out.emit(copied(record));
  }

  private static Object copied(Object record) {
    if (record instanceof StreamedValues<?> values) {
      List<Object> list = new ArrayList<>();
      values.forEach(list::add);
      return list;
    }
    if (record instanceof Pair<?, ?> pair) {
      Object key = copied(pair.key());
      Object value = copied(pair.value());
      return key == pair.key() && value == pair.value() ? pair : new Pair<>(key, value);
    }
    return record;
  }
}
