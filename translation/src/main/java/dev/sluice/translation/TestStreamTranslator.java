package dev.sluice.translation;

import dev.sluice.engine.batch.Script;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.testing.TestStream.ElementEvent;
import org.apache.beam.sdk.testing.TestStream.Event;
import org.apache.beam.sdk.testing.TestStream.ProcessingTimeEvent;
import org.apache.beam.sdk.testing.TestStream.WatermarkEvent;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/** {@code TestStream}: a script. */
final class TestStreamTranslator implements TransformTranslator {

  @Override
  public boolean translates(AppliedPTransform<?, ?, ?> transform) {
    return transform.getTransform() instanceof TestStream;
  }

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    translate(
        (TestStream<?>) transform.getTransform(),
        TranslationContext.onlyOutput(transform),
        transform.getFullName(),
        context);
  }

  @SuppressWarnings("unchecked")
  private static <T> void translate(
      TestStream<T> stream, PCollection<?> output, String name, TranslationContext context) {
    PCollection<T> typed = (PCollection<T>) output;
    Codec<WindowedValue<T>> codec = TranslationContext.codec(typed, name);
    List<Script.Event> events = new ArrayList<>();
    stream.getEvents().forEach(event -> events.add(event(event, codec)));
    context.setPorts(
        typed, List.of(context.plan().source(name, new Script<>(events, codec), codec)));
  }

  private static <T> Script.Event event(Event<T> event, Codec<WindowedValue<T>> codec) {
    return switch (event.getType()) {
      case ELEMENT -> {
        List<WindowedValue<T>> elements = new ArrayList<>();
        for (TimestampedValue<T> element : ((ElementEvent<T>) event).getElements()) {
          elements.add(
              WindowedValues.timestampedValueInGlobalWindow(
                  element.getValue(), element.getTimestamp()));
        }
        yield Script.elements(elements, codec);
      }
      case WATERMARK -> {
        var watermark = ((WatermarkEvent<T>) event).getWatermark();
        yield new Script.AdvanceWatermark(
            watermark.isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE)
                ? watermark.getMillis()
                : Watermark.END);
      }
      case PROCESSING_TIME ->
          new Script.AdvanceTime(
              ((ProcessingTimeEvent<T>) event).getProcessingTimeAdvance().getMillis());
    };
  }
}
