package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.elements;
import static dev.sluice.engine.batch.Streams.keyed;
import static dev.sluice.engine.batch.Streams.script;
import static dev.sluice.engine.batch.Streams.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Exchange.Retention;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Broadcasts that keep their records from batch to batch. Two scripts take turns here. */
class RetainedBroadcastTest {
  private final Program program = new Program();

  /** A record's value is when it expires. */
  private record ByKey() implements Retention<KeyValue> {
    @Override
    public Object key(KeyValue record) {
      return record.key();
    }

    @Override
    public long expiresAt(KeyValue record) {
      return (Long) record.value();
    }
  }

  private ExchangeNode view(Retention<KeyValue> retention, Script.Event... events) {
    Port in = script(program, "view", events);
    return program
        .builder()
        .exchange(
            "broadcast",
            new Exchange.Broadcast<>(Program.<KeyValue>unchecked(Program.VALUES), retention),
            List.of(in));
  }

  private void ask(Operator<Object> operator, ExchangeNode view, Script.Event... events) {
    Port in = script(program, "asking", events);
    program.builder().operator("ask", operator, List.of(in), List.of(view));
  }

  private StreamLog run() throws Exception {
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      bed.run(program.plan());
      return bed.log;
    }
  }

  private static Map<Object, Object> content(OperatorContext context) {
    Map<Object, Object> content = new TreeMap<>();
    for (KeyValue record : context.<KeyValue>broadcast(0)) {
      content.put(record.key(), record.value());
    }
    return content;
  }

  private static Operator<Object> contentAsked() {
    return context -> element -> StreamLog.note(context.scope(), "ask", content(context));
  }

  @Test
  void laterRecordsReplaceThoseOfTheSameKey() throws Exception {
    ExchangeNode view =
        view(
            new ByKey(),
            elements(keyed("a", 90L), keyed("b", 91L)),
            elements(keyed("a", 92L)),
            elements(keyed("c", 93L), keyed("c", 94L)));
    ask(contentAsked(), view, elements("?"), elements("?"), elements("?"));
    assertEquals(
        List.of(
            Map.of("a", 90L, "b", 91L),
            Map.of("a", 92L, "b", 91L),
            Map.of("a", 92L, "b", 91L, "c", 94L)),
        run().all("ask"));
  }

  @Test
  void withoutRetentionEachBatchHasItsOwn() throws Exception {
    ExchangeNode view = view(null, elements(keyed("a", 90L)), elements(keyed("b", 91L)));
    ask(contentAsked(), view, elements("?"), elements("?"));
    assertEquals(List.of(Map.of(), Map.of()), run().all("ask"));
  }

  @Test
  void recordsExpireBehindTheWatermarkOfTheirReaders() throws Exception {
    ExchangeNode view =
        view(new ByKey(), elements(keyed("a", 5L), keyed("b", 6L)), watermark(100), elements());
    ask(
        contentAsked(),
        view,
        watermark(5),
        elements("at 5"),
        watermark(6),
        elements("at 6"),
        watermark(7),
        elements("at 7"));
    assertEquals(List.of(Map.of("a", 5L, "b", 6L), Map.of("b", 6L), Map.of()), run().all("ask"));
  }

  @Test
  void aReaderThatHoldsItsWatermarkKeepsThem() throws Exception {
    Operator<Object> holding =
        context ->
            element -> {
              StreamLog.note(context.scope(), "ask", content(context));
              CellAddress hold = new CellAddress("", "hold");
              if (element.equals("hold")) {
                context.state().key("").put(hold, new Kept<>("", 5));
              } else {
                context.state().key("").remove(hold);
              }
            };
    ExchangeNode view = view(new ByKey(), elements(keyed("a", 5L)));
    ask(holding, view, elements("hold"), watermark(50), elements("free"), elements("late"));
    assertEquals(List.of(Map.of("a", 5L), Map.of("a", 5L), Map.of()), run().all("ask"));
  }

  @Test
  void theVersionChangesWithTheRecordsOnly() throws Exception {
    Operator<Object> versions =
        context -> element -> StreamLog.note(context.scope(), "ask", context.broadcastVersion(0));
    ExchangeNode view =
        view(
            new ByKey(),
            elements(keyed("a", 5L)),
            elements(),
            watermark(50),
            elements(keyed("a", 6L)),
            elements());
    ask(
        versions,
        view,
        elements(1),
        elements(2),
        elements(3),
        elements(4),
        watermark(7),
        elements(5));
    List<Object> seen = run().all("ask");
    assertEquals(seen.get(0), seen.get(1));
    assertEquals(seen.get(1), seen.get(2), "only the watermark has moved");
    assertTrue((Long) seen.get(3) > (Long) seen.get(2), "replaced: " + seen);
    assertTrue((Long) seen.get(4) > (Long) seen.get(3), "expired: " + seen);
  }

  @Test
  void readersWithStateAreToldOfChangesInTheSameBatch() throws Exception {
    ExchangeNode view =
        view(new ByKey(), elements(), elements(keyed("a", 90L)), watermark(7), elements());
    ask(new Waiting(), view, elements("wait"), elements(), elements(), elements());
    List<String> told = new ArrayList<>();
    run().byBatch("ask").forEach((batch, what) -> told.add(batch + " " + what));
    // The view's events are batches 1, 3, 5, 7; after those of the other script, it ends.
    assertEquals(
        List.of("2 [{} at start]", "3 [{a=90} at start]", "5 [{a=90} at 7]", "9 [{a=90} at end]"),
        told);
  }

  /** Keeps something, and notes what it sees whenever it is run. */
  private static final class Waiting implements Operator<Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public Processor<Object> open(OperatorContext context) {
      return new Processor<>() {
        @Override
        public void process(Object element) {
          context.state().key("").put(new CellAddress("", ""), new Kept<>("", Watermark.END));
        }

        @Override
        public void advance(Progress now) {
          long watermark = context.broadcastWatermark(0);
          String at =
              watermark == Watermark.START
                  ? "start"
                  : watermark == Watermark.END ? "end" : String.valueOf(watermark);
          StreamLog.note(context.scope(), "ask", content(context) + " at " + at);
        }
      };
    }
  }
}
