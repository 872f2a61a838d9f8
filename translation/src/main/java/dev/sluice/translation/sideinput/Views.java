package dev.sluice.translation.sideinput;

import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/** What Beam lets runners ask of a view; it marks these methods deprecated to warn off users. */
@SuppressWarnings("deprecation")
final class Views {
  private Views() {}

  static TupleTag<?> tag(PCollectionView<?> view) {
    return view.getTagInternal();
  }

  @SuppressWarnings("unchecked")
  static <T> ViewFn<Object, T> viewFn(PCollectionView<T> view) {
    return (ViewFn<Object, T>) (ViewFn<?, T>) view.getViewFn();
  }

  /**
   * The watermark behind which the view's first pane for {@code window} has come: where its trigger
   * has fired, or where the window is over, whatever the trigger waits for.
   */
  static Instant firesBefore(PCollectionView<?> view, BoundedWindow window) {
    WindowingStrategy<?, ?> windowing = view.getWindowingStrategyInternal();
    Instant fires = windowing.getTrigger().getWatermarkThatGuaranteesFiring(window);
    Instant over = LateDataUtils.garbageCollectionTime(window, windowing);
    return fires.isBefore(over) ? fires : over;
  }

  static Coder<?> coder(PCollectionView<?> view) {
    return view.getCoderInternal();
  }
}
