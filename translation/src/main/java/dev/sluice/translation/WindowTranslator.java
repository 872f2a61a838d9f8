package dev.sluice.translation;

import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.translation.group.AssignWindows;
import java.util.List;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection;

/** {@code Window.Assign}: a fused operator, or nothing if only the strategy changes. */
final class WindowTranslator implements TransformTranslator {

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<?> input = TranslationContext.mainInput(transform);
    PCollection<?> output = TranslationContext.onlyOutput(transform);
    WindowFn<?, ?> windowFn = ((Window.Assign<?>) transform.getTransform()).getWindowFn();
    if (windowFn == null) {
      context.setPorts(output, context.ports(input));
      return;
    }
    OperatorNode node =
        context
            .plan()
            .operator(
                transform.getFullName(),
                AssignWindows.of(windowFn),
                context.ports(input),
                List.of());
    context.setOutput(output, node, 0);
  }
}
