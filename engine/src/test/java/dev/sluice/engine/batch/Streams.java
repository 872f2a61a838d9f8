package dev.sluice.engine.batch;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.receiver.Receiver;
import java.util.List;

/** Steps of the plans of stream tests. Keyed elements are {@link KeyValue}s. */
final class Streams {
  private Streams() {}

  static Script.Event elements(Object... elements) {
    return Script.elements(List.of(elements), Program.VALUES);
  }

  static Script.Event watermark(long watermark) {
    return new Script.AdvanceWatermark(watermark);
  }

  static Script.Event time(long millis) {
    return new Script.AdvanceTime(millis);
  }

  static Port script(Program program, String name, List<Script.Event> events) {
    return program.builder().source(name, new Script<>(events, Program.VALUES), Program.VALUES);
  }

  static Port script(Program program, String name, Script.Event... events) {
    return script(program, name, List.of(events));
  }

  static Port received(Program program, String name, List<? extends Receiver<String>> receivers) {
    return program.builder().source(name, Feed.source(receivers), Program.VALUES);
  }

  static Port received(Program program, String name, Receiver<String> receiver) {
    return received(program, name, List.of(receiver));
  }

  static KeyValue keyed(Object key, Object value) {
    return new KeyValue(key, value);
  }

  /** One for {@link WindowSums}, of a record that has a key, a space, a time and perhaps more. */
  static KeyValue one(String record) {
    String[] parts = record.split(" ", -1);
    return keyed(parts[0], List.of(Long.valueOf(parts[1]), 1L));
  }

  /** Where the elements of {@code key} go. */
  static int partition(Object key, int partitions) {
    return Math.floorMod(key.hashCode(), partitions);
  }

  /** Brings the {@link KeyValue}s of a key together, in order, in as many tasks as run at once. */
  static Port byKey(Program program, String name, Port... inputs) {
    return byKey(program, name, Exchange.DEFAULT_PARTITIONS, inputs);
  }

  static Port byKey(Program program, String name, int partitions, Port... inputs) {
    return program.exchange(
        name,
        new Exchange.Routed<KeyValue>(
            (scope, n) -> element -> partition(element.key(), n),
            Program.unchecked(Program.VALUES),
            partitions),
        inputs);
  }

  /** Notes what comes under {@code name}. */
  static void sink(Program program, String name, Port... inputs) {
    program.operator(name, StreamLog.sink(name), inputs);
  }
}
