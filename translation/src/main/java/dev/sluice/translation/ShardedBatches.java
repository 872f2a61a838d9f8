package dev.sluice.translation;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.PTransformOverrideFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.GroupIntoBatches.BatchingParams;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.ShardedKey;
import org.apache.beam.sdk.util.construction.PTransformReplacements;
import org.apache.beam.sdk.util.construction.ReplacementOutputs;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * {@code GroupIntoBatches.withShardedKey}, on which writing files with as many shards as the runner
 * likes stands: the elements of a key go in turn to a few shards. Beam's own form makes a shard of
 * each worker thread, which is one where a batch is small.
 */
final class ShardedBatches<K, V>
    implements PTransformOverrideFactory<
        PCollection<KV<K, V>>,
        PCollection<KV<ShardedKey<K>, Iterable<V>>>,
        GroupIntoBatches<K, V>.WithShardedKey> {
  private static final int SHARDS = 4;

  @Override
  public PTransformReplacement<PCollection<KV<K, V>>, PCollection<KV<ShardedKey<K>, Iterable<V>>>>
      getReplacementTransform(
          AppliedPTransform<
                  PCollection<KV<K, V>>,
                  PCollection<KV<ShardedKey<K>, Iterable<V>>>,
                  GroupIntoBatches<K, V>.WithShardedKey>
              transform) {
    return PTransformReplacement.of(
        PTransformReplacements.getSingletonMainInput(transform),
        new Replacement<>(transform.getTransform().getBatchingParams()));
  }

  @Override
  public Map<PCollection<?>, ReplacementOutput> mapOutputs(
      Map<TupleTag<?>, PCollection<?>> outputs,
      PCollection<KV<ShardedKey<K>, Iterable<V>>> newOutput) {
    return ReplacementOutputs.singleton(outputs, newOutput);
  }

  private static final class Replacement<K, V>
      extends PTransform<PCollection<KV<K, V>>, PCollection<KV<ShardedKey<K>, Iterable<V>>>> {
    private static final long serialVersionUID = 1L;

    private final BatchingParams<V> params;

    Replacement(BatchingParams<V> params) {
      this.params = params;
    }

    @Override
    public PCollection<KV<ShardedKey<K>, Iterable<V>>> expand(PCollection<KV<K, V>> input) {
      KvCoder<K, V> coder = (KvCoder<K, V>) input.getCoder();
      Coder<ShardedKey<K>> keyCoder = ShardedKey.Coder.of(coder.getKeyCoder());
      return input
          .apply("InTurn", ParDo.of(new InTurn<>()))
          .setCoder(KvCoder.of(keyCoder, coder.getValueCoder()))
          .apply("Batches", batches(coder.getValueCoder()));
    }

    private GroupIntoBatches<ShardedKey<K>, V> batches(Coder<V> valueCoder) {
      GroupIntoBatches<ShardedKey<K>, V> batches =
          params.getBatchSizeBytes() < Long.MAX_VALUE
              ? GroupIntoBatches.ofByteSize(
                  params.getBatchSizeBytes(), params.getWeigher(valueCoder))
              : GroupIntoBatches.ofSize(params.getBatchSize());
      if (params.getBatchSize() < Long.MAX_VALUE) {
        batches = batches.withSize(params.getBatchSize());
      }
      return batches.withMaxBufferingDuration(params.getMaxBufferingDuration());
    }
  }

  private static final class InTurn<K, V> extends DoFn<KV<K, V>, KV<ShardedKey<K>, V>> {
    private static final long serialVersionUID = 1L;

    private transient int next;

    @ProcessElement
    public void process(@Element KV<K, V> element, OutputReceiver<KV<ShardedKey<K>, V>> output) {
      next = (next + 1) % SHARDS;
      byte[] shard = ByteBuffer.allocate(Integer.BYTES).putInt(next).array();
      output.output(KV.of(ShardedKey.of(element.getKey(), shard), element.getValue()));
    }
  }
}
