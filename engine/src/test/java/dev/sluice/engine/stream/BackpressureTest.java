package dev.sluice.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.Wait;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Receivers are slowed down to what batches can process. */
@Timeout(120)
class BackpressureTest {
  private static final class Hand extends Receiver<String> {
    @Override
    public void onStart() {}

    @Override
    public void onStop() {}
  }

  @Test
  void lowersTheRateOfReceiversWhenBatchesTakeLong() {
    try (StreamBed bed = new StreamBed(StreamBed.options().backpressure(true))) {
      Hand hand = new Hand();
      // Each batch takes half of its duration.
      bed.context
          .receiverStream(hand)
          .foreachRDD((rdd, timeMs) -> bed.clock.advance(StreamBed.BATCH_MS / 2));
      bed.start();
      Wait.until("started", hand::isStarted);
      for (int b = 1; b <= 3; b++) {
        int batch = b;
        hand.store(Collections.nCopies(500, "r"));
        bed.clock.advance(b == 1 ? StreamBed.BATCH_MS : StreamBed.BATCH_MS / 2);
        Wait.until("batch " + b, () -> bed.completed() == batch);
      }
      // Listeners hear of a new rate after they have heard of its batch.
      Wait.until("two rates", () -> bed.seen(StreamEvent.RateChanged.class).size() >= 2);
      List<StreamEvent.RateChanged> rates = bed.seen(StreamEvent.RateChanged.class);
      assertEquals(2, rates.size(), "the first batch only gives the rate to start from");
      assertTrue(rates.get(1).recordsPerSecond() <= 1_000, rates::toString);
    }
  }
}
