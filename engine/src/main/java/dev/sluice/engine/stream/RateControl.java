package dev.sluice.engine.stream;

import dev.sluice.engine.receiver.PidRateEstimator;
import java.util.List;
import java.util.OptionalDouble;

/** Slows receivers down to what batches have been able to process, if that is wanted. */
final class RateControl {
  private final PidRateEstimator estimator;
  private final Announcements announcements;

  private RateControl(PidRateEstimator estimator, Announcements announcements) {
    this.estimator = estimator;
    this.announcements = announcements;
  }

  static RateControl of(boolean wanted, long batchMs, Announcements announcements) {
    return new RateControl(wanted ? new PidRateEstimator(batchMs) : null, announcements);
  }

  /** The rate is shared evenly: who has less to bring leaves its share unused. */
  void completed(Backlog.Completed done, List<Input> inputs) {
    int receivers = inputs.stream().mapToInt(Input::receivers).sum();
    if (estimator == null || receivers == 0) {
      return;
    }
    OptionalDouble rate =
        estimator.update(done.nowMs(), done.batch().records(), done.processingMs(), done.delayMs());
    if (rate.isPresent()) {
      double each = rate.getAsDouble() / receivers;
      announcements.tell(new StreamEvent.RateChanged(each));
      inputs.forEach(input -> input.rate(each));
    }
  }
}
