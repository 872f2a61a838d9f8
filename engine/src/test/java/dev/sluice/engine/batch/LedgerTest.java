package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where batches stand. */
class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void aBatchGoesThroughAllStatesInOrder() {
    assertEquals(0, ledger.plan(5, 1_000));
    for (BatchState state : BatchState.values()) {
      if (state != BatchState.PLANNED) {
        ledger.move(0, state);
      }
      assertEquals(List.of(new Ledger.Entry(0, state, 5, 1_000)), ledger.entries());
    }
  }

  @Test
  void noStateIsLeftOutOrComesTwice() {
    List<BatchState> states = List.of(BatchState.values());
    for (int from = 0; from < states.size(); from++) {
      for (int to = 0; to < states.size(); to++) {
        assertEquals(to == from + 1, states.get(from).leadsTo(states.get(to)), from + " to " + to);
      }
    }
    ledger.plan(0, 0);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> ledger.move(0, BatchState.COMMITTED));
    assertTrue(e.getMessage().contains("batch 0 is PLANNED"), e.getMessage());
  }

  @Test
  void batchesAreNumberedAndMoveEachForItself() {
    assertEquals(0, ledger.plan(1, 10));
    ledger.move(0, BatchState.RUNNING);
    assertEquals(1, ledger.plan(2, 20));
    ledger.move(1, BatchState.RUNNING);
    ledger.move(1, BatchState.COMMITTED);
    ledger.move(0, BatchState.COMMITTED);
    ledger.move(0, BatchState.DURABLE);
    assertEquals(
        List.of(BatchState.DURABLE, BatchState.COMMITTED),
        ledger.entries().stream().map(Ledger.Entry::state).toList());
  }

  @Test
  void goesOnBehindTheBatchesOfAProcessBefore() {
    ledger.startBehind(41);
    assertEquals(42, ledger.plan(1, 10));
    ledger.move(42, BatchState.RUNNING);
    assertEquals(BatchState.RUNNING, ledger.entries().get(0).state());
  }
}
