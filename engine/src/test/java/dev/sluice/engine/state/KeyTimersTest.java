package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The timers of keys: which there are, which comes first, and which keys have one that is due. */
@ParameterizedClass(name = "{0}")
@EnumSource(StoreKind.class)
class KeyTimersTest {
  private static final StateFormat FORMAT = new TallyFormat(Program.VALUES, true);

  @RegisterExtension static final Stores STORES = new Stores();

  private final StatePartition partition;

  KeyTimersTest(StoreKind kind) {
    partition = STORES.partition(kind, FORMAT, false);
  }

  private static Timer event(Object id, long time) {
    return new Timer(id, TimerDomain.EVENT_TIME, time, Watermark.END);
  }

  private static Timer processing(Object id, long time) {
    return new Timer(id, TimerDomain.PROCESSING_TIME, time, Watermark.END);
  }

  private void commit(Object key, Timer... timers) {
    StateView view = partition.open();
    for (Timer timer : timers) {
      view.key(key).setTimer(timer);
    }
    view.commit();
  }

  /** Takes all timers of a domain away, the first one first. */
  private static List<Object> takeAll(KeyState key, TimerDomain domain) {
    List<Object> ids = new ArrayList<>();
    for (Timer first = key.first(domain); first != null; first = key.first(domain)) {
      ids.add(first.id());
      key.removeTimer(first.id());
    }
    return ids;
  }

  private List<Object> due(TimerDomain domain, long time) {
    return Due.of(partition.open(), Map.of(domain, time));
  }

  @Test
  void aTimerReplacesOneWithTheSameId() {
    commit("k", event("t", 10));
    commit("k", event("t", 30), event("u", 20));
    KeyState key = partition.open().key("k");
    assertEquals(event("t", 30), key.timer("t"));
    assertEquals(List.of("u", "t"), takeAll(key, TimerDomain.EVENT_TIME));
  }

  @Test
  void aTimerReplacesOneOfAnotherDomain() {
    commit("k", event("t", 10));
    commit("k", processing("t", 20));
    assertEquals(Watermark.END, partition.earliest(TimerDomain.EVENT_TIME));
    assertEquals(20, partition.earliest(TimerDomain.PROCESSING_TIME));
    KeyState key = partition.open().key("k");
    assertNull(key.first(TimerDomain.EVENT_TIME));
    assertEquals(processing("t", 20), key.first(TimerDomain.PROCESSING_TIME));
  }

  @Test
  void theyComeByTimeThenInTheOrderInWhichTheyWereArmed() {
    commit("k", event("d", 20), event("b", 10), event("a", 10));
    // Armed again, it stands behind those of the same time.
    commit("k", event("b", 10), event("c", 10), event("e", -5));
    assertEquals(
        List.of("e", "a", "b", "c", "d"),
        takeAll(partition.open().key("k"), TimerDomain.EVENT_TIME));
  }

  @Test
  void domainsHaveAnOrderEach() {
    commit("k", processing("p", 1), event("e", 2), processing("q", 0));
    KeyState key = partition.open().key("k");
    assertEquals(event("e", 2), key.first(TimerDomain.EVENT_TIME));
    assertEquals(processing("q", 0), key.first(TimerDomain.PROCESSING_TIME));
    assertNull(key.first(TimerDomain.RESUME));
    assertEquals(2, partition.earliest(TimerDomain.EVENT_TIME));
    assertEquals(0, partition.earliest(TimerDomain.PROCESSING_TIME));
  }

  @Test
  void manyAreRemovedAtOnceByTheirIds() {
    commit("k", event("a1", 1), event("b1", 2), processing("a2", 3));
    StateView view = partition.open();
    view.key("k").removeTimers(id -> ((String) id).startsWith("a"));
    assertNull(view.key("k").timer("a1"));
    assertEquals(2, view.earliest(TimerDomain.EVENT_TIME));
    assertEquals(Watermark.END, view.earliest(TimerDomain.PROCESSING_TIME));
    assertEquals(1, partition.earliest(TimerDomain.EVENT_TIME));
  }

  @Test
  void dueAreThoseWithATimerBeforeTheTimeTheEarliestFirst() {
    commit("late", event("t", 30));
    commit("second", event("t", 20), event("u", 99));
    commit("first", event("t", 10));
    commit("other", processing("t", 0));
    assertEquals(List.of(), due(TimerDomain.EVENT_TIME, 10));
    assertEquals(List.of("first"), due(TimerDomain.EVENT_TIME, 11));
    assertEquals(List.of("first", "second"), due(TimerDomain.EVENT_TIME, 30));
    assertEquals(List.of("first", "second", "late"), due(TimerDomain.EVENT_TIME, Watermark.END));
    assertEquals(List.of("other"), due(TimerDomain.PROCESSING_TIME, 1));
  }

  @Test
  void dueAreThoseThatWereAskedForInAnyCase() {
    commit("first", event("t", 10));
    commit("second", event("t", 20));
    StateView view = partition.open();
    view.key("new");
    view.key("second").removeTimer("t");
    assertEquals(
        List.of("new", "second", "first"), Due.of(view, Map.of(TimerDomain.EVENT_TIME, 15L)));
    assertEquals(10, view.earliest(TimerDomain.EVENT_TIME));
    view.key("new").setTimer(event("t", 5));
    view.key("first").removeTimer("t");
    assertEquals(5, view.earliest(TimerDomain.EVENT_TIME));
  }

  @Test
  void severalDomainsAreAskedAtOnce() {
    commit("e", event("t", 10));
    commit("p", processing("t", 10));
    commit("later", processing("t", 11));
    List<Object> due =
        Due.of(
            partition.open(),
            Map.of(TimerDomain.EVENT_TIME, 11L, TimerDomain.PROCESSING_TIME, 11L));
    assertEquals(List.of("e", "p"), due.stream().sorted().toList());
  }

  @Test
  void aTimerAtTheEndOfTimeIsNeverDue() {
    commit("k", event("t", Watermark.END));
    assertEquals(List.of(), due(TimerDomain.EVENT_TIME, Watermark.END));
  }
}
