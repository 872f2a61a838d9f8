package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Reads a checkpoint. */
record CheckpointStep(
    String name, InProcess<CheckpointFiles> files, List<CheckpointFiles.Part> parts)
    implements Step {

  @Override
  public List<Dataset> parents() {
    return List.of();
  }

  @Override
  public int partitions() {
    return parts.size();
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    List<PartSplit> splits =
        wanted.stream().mapToObj(p -> new PartSplit(files, parts.get(p))).toList();
    return List.of(job.source(name, splits, wanted));
  }

  @Override
  public boolean stoppable() {
    return true;
  }

  private record PartSplit(InProcess<CheckpointFiles> files, CheckpointFiles.Part part)
      implements Source.Split<Object> {
    @Override
    public void read(Output<Object> output, TaskScope scope) throws IOException {
      long records = 0;
      try (InputStream in = files.get().open(part)) {
        Iterator<Object> each = files.get().readPart(part, in);
        while (each.hasNext()) {
          output.emit(each.next());
          records++;
        }
      }
      if (records != part.records()) {
        throw new IOException(
            String.format(
                "checkpoint %s has %d records, its manifest says %d",
                part.name(), records, part.records()));
      }
    }
  }
}
