package dev.sluice.engine.batch;

import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.receiver.ReceiverListener;
import java.util.List;

/**
 * Who is told what of a stream.
 *
 * @param tasks is told of attempts, on the thread that drives jobs
 * @param engine are told of the stream and its batches on the thread that runs it, and of stages
 *     and tasks on the one that drives jobs
 * @param receivers is told of receivers, on their threads
 */
public record StreamListeners(
    TaskListener tasks, List<EngineListener> engine, ReceiverListener receivers) {
  public StreamListeners {
    engine = List.copyOf(engine);
  }
}
