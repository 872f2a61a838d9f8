package dev.sluice.translation.sideinput;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
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

  /** The watermark behind which the view's first pane for {@code window} has come. */
  static Instant firesBefore(PCollectionView<?> view, BoundedWindow window) {
    return view.getWindowingStrategyInternal()
        .getTrigger()
        .getWatermarkThatGuaranteesFiring(window);
  }

  static Coder<?> coder(PCollectionView<?> view) {
    return view.getCoderInternal();
  }
}
