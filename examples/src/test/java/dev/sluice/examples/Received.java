package dev.sluice.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Hands the lines that a pipeline puts out to the test, as they come. */
final class Received extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;
  private static final int PATIENCE_SECONDS = 60;
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Map<Integer, BlockingQueue<String>> QUEUES = new ConcurrentHashMap<>();

  private final int id = NEXT.incrementAndGet();

  Received() {
    QUEUES.put(id, new LinkedBlockingQueue<>());
  }

  /** The next line; waits for it. */
  String next() throws InterruptedException {
    String line = QUEUES.get(id).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no line has come for " + PATIENCE_SECONDS + " s");
    }
    return line;
  }

  /** The lines up to {@code last}; waits for it. */
  List<String> upTo(String last) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    do {
      lines.add(next());
    } while (!lines.get(lines.size() - 1).equals(last));
    return lines;
  }

  /** What has come and was not asked for yet. */
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    QUEUES.get(id).drainTo(rest);
    return rest;
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    lines.apply(ParDo.of(new Hand(id)));
    return PDone.in(lines.getPipeline());
  }

  private static final class Hand extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    private final int id;

    Hand(int id) {
      this.id = id;
    }

    @ProcessElement
    public void process(@Element String line) {
      QUEUES.get(id).add(line);
    }
  }
}
