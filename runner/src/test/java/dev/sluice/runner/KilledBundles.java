package dev.sluice.runner;

import dev.sluice.runner.KilledNotes.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Notes which numbers were in bundles that have ended, and in those that were finalized. */
final class KilledBundles extends DoFn<KV<String, Long>, Void> {
  private static final long serialVersionUID = 1L;
  static final String GIVEN = "given";
  static final String CALLED = "called";

  private final KilledNotes notes;
  private final Shared<StandStill> standStill;
  private transient List<Long> bundle;

  KilledBundles(KilledNotes notes, Shared<StandStill> standStill) {
    this.notes = notes;
    this.standStill = standStill;
  }

  /** The numbers in the bundle that it tells of. */
  static List<String> numbers(Note note) {
    return List.of(note.text().split(",", -1));
  }

  @StartBundle
  public void startBundle() {
    bundle = new ArrayList<>();
  }

  @ProcessElement
  public void process(@Element KV<String, Long> pair, BundleFinalizer finalizer) {
    if (bundle.isEmpty()) {
      List<Long> own = bundle;
      finalizer.afterBundleCommit(
          Instant.now().plus(Duration.standardHours(1)),
          () -> {
            note(CALLED, own);
            standStill.get().at(KillPoint.BUNDLE_FINALIZED);
          });
    }
    bundle.add(pair.getValue());
  }

  @FinishBundle
  public void finishBundle() throws IOException {
    note(GIVEN, bundle);
  }

  private void note(String what, List<Long> numbers) throws IOException {
    notes.add(what, numbers.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }
}
