package dev.sluice.translation;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.receiver.ReceiverSource;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.source.BoundedRead;
import dev.sluice.translation.source.DropSeenIds;
import dev.sluice.translation.source.ReadOutput;
import dev.sluice.translation.source.ReadSettings;
import dev.sluice.translation.source.StreamedBoundedRead;
import dev.sluice.translation.source.UnboundedRead;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveBoundedRead;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveUnboundedRead;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.ValueWithRecordId;
import org.apache.beam.sdk.values.ValueWithRecordId.ValueWithRecordIdCoder;
import org.apache.beam.sdk.values.WindowedValue;

/** A read from a bounded or an unbounded source. */
final class ReadTranslator implements TransformTranslator {

  @Override
  public boolean translates(AppliedPTransform<?, ?, ?> transform) {
    return transform.getTransform() instanceof PrimitiveBoundedRead
        || transform.getTransform() instanceof PrimitiveUnboundedRead;
  }

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<?> output = TranslationContext.onlyOutput(transform);
    String name = transform.getFullName();
    if (transform.getTransform() instanceof PrimitiveBoundedRead<?> read) {
      bounded(read.getSource(), output, name, context);
    } else {
      unbounded(
          ((PrimitiveUnboundedRead<?>) transform.getTransform()).getSource(),
          output,
          name,
          context);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> void bounded(
      BoundedSource<T> source, PCollection<?> output, String name, TranslationContext context) {
    PCollection<T> typed = (PCollection<T>) output;
    Codec<WindowedValue<T>> codec = TranslationContext.codec(typed, name);
    BoundedRead<T> read = new BoundedRead<>(source, context.options(), name);
    Port port =
        context.isStreaming()
            ? blocks(
                new StreamedBoundedRead<>(read, codec, context.streaming().reads()),
                codec,
                name,
                context)
            : context.plan().source(name, read, codec);
    context.setPorts(typed, List.of(port));
  }

  @SuppressWarnings("unchecked")
  private static <T, MarkT extends CheckpointMark> void unbounded(
      UnboundedSource<T, MarkT> source,
      PCollection<?> output,
      String name,
      TranslationContext context) {
    PCollection<T> typed = (PCollection<T>) output;
    Codec<WindowedValue<T>> codec = TranslationContext.codec(typed, name);
    ReadSettings settings = context.streaming().reads();
    if (!source.requiresDeduping()) {
      context.setPorts(
          typed,
          List.of(
              blocks(
                  new UnboundedRead<>(source, context.options(), name, codec, settings),
                  codec,
                  name,
                  context)));
      return;
    }
    Codec<WindowedValue<ValueWithRecordId<T>>> withIds =
        TranslationContext.codec(
            ValueWithRecordIdCoder.of(typed.getCoder()), typed.getWindowingStrategy(), name);
    Port records =
        blocks(
            new UnboundedRead<>(source, context.options(), name, withIds, settings),
            withIds,
            name,
            context);
    CoderKeyCodec<byte[]> idCodec = new CoderKeyCodec<>(ByteArrayCoder.of(), name);
    ExchangeNode byId =
        context
            .plan()
            .exchange(
                name + "/ById",
                new Exchange.Grouped<>(
                    new DropSeenIds.ById<T>(), idCodec, withIds, Exchange.DEFAULT_PARTITIONS),
                List.of(records));
    // Groups never cross another exchange: nothing has to encode them.
    Port groups = context.plan().port(byId, 0, null);
    context.setPorts(
        typed,
        List.of(
            context
                .plan()
                .operator(
                    name + "/DropSeenIds", new DropSeenIds<T>(idCodec), List.of(groups), codec)));
  }

  private static Port blocks(
      ReceiverSource<Object> source, Codec<?> codec, String name, TranslationContext context) {
    Port records = context.plan().source(name, source, source.codec());
    return context.plan().operator(name, new ReadOutput(), List.of(records), codec);
  }
}
