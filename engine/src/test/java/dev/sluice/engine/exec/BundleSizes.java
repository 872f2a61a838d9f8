package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import java.util.List;

/** An operator that notes how many elements each bundle had. For plans of one task. */
record BundleSizes(List<Integer> sizes) implements Operator<Object> {
  @Override
  public Processor<Object> open(OperatorContext context) {
    return new Processor<>() {
      private int inBundle;

      @Override
      public void process(Object element) {
        inBundle++;
      }

      @Override
      public void finishBundle() {
        sizes.add(inBundle);
        inBundle = 0;
      }
    };
  }
}
