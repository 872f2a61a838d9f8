package dev.sluice.translation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.translation.Looked;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BeamCellTest {

  @Test
  void whileACheckpointWritesACellNoTaskCopiesIt() throws Exception {
    Looked.StartingCoder coder = new Looked.StartingCoder();
    var tag = StateTags.combiningValue("sum", coder, new Looked.Sums());
    BeamCell cell = BeamCell.empty(tag, StateContexts.nullContext());
    sum(cell).add(1L);
    FutureTask<BeamCell> copy = new FutureTask<>(cell::copy);
    coder.starts(new Thread(copy));
    byte[] checkpoint = CellContent.of(cell);
    assertEquals(1, sum(copy.get()).read());
    BeamCell restored = BeamCell.empty(tag, StateContexts.nullContext());
    CellContent.fill(restored, checkpoint);
    assertEquals(1, sum(restored).read());
  }

  @SuppressWarnings("unchecked")
  private static CombiningState<Long, Looked, Long> sum(BeamCell cell) {
    return (CombiningState<Long, Looked, Long>) cell.state();
  }
}
