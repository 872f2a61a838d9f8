package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.io.IOException;

/** Makes a block of the records of each wanted partition, while it passes them on. */
record Keep(
    int dataset,
    StorageLevel level,
    Codec<Object> codec,
    Branch.Tasks tasks,
    InProcess<BlockWriter.Space> space)
    implements Operator<Object> {

  @Override
  public Processor<Object> open(OperatorContext context) throws IOException {
    Output<Object> out = context.output(0);
    int partition = tasks.partition(context.scope());
    if (partition < 0) {
      return out::emit;
    }
    BlockWriter writer =
        new BlockWriter(new Block.Key(dataset, partition), level, codec, space.get());
    AttemptBlocks blocks = AttemptBlocks.of(context.scope());
    blocks.opened(writer);
    return new Processor<>() {
      @Override
      public void process(Object record) throws IOException {
        writer.add(record);
        out.emit(record);
      }

      @Override
      public void finish() throws IOException {
        Block block = writer.finish();
        if (block != null) {
          blocks.completed(block);
        }
      }
    };
  }
}
