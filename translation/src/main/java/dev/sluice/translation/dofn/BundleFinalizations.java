package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.TaskScope;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.InMemoryBundleFinalizer.Finalization;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundle finalizers that one attempt has registered, to be called once its output counts, and
 * never if it does not.
 */
public final class BundleFinalizations {
  private static final Logger LOG = LoggerFactory.getLogger(BundleFinalizations.class);

  private final List<InMemoryBundleFinalizer> registries = new ArrayList<>();

  /** The finalizations of {@code attempt}. */
  public static BundleFinalizations of(TaskScope attempt) {
    return attempt.local(BundleFinalizations.class, BundleFinalizations::new);
  }

  /** A registry for one operator of the attempt. */
  InMemoryBundleFinalizer registry() {
    InMemoryBundleFinalizer registry = new InMemoryBundleFinalizer();
    registries.add(registry);
    return registry;
  }

  /** Whether no operator of the attempt can have registered a callback. */
  public boolean isEmpty() {
    return registries.isEmpty();
  }

  /**
   * Calls every callback that has not expired. As Beam has it, a failure is no failure of the
   * bundle, which is committed: it is logged.
   */
  public void run(Instant now) {
    for (InMemoryBundleFinalizer registry : registries) {
      for (Finalization finalization : registry.getAndClearFinalizations()) {
        if (finalization.getExpiryTime().isBefore(now)) {
          LOG.warn(
              "a bundle finalizer expired at {} before its commit", finalization.getExpiryTime());
          continue;
        }
        try {
          finalization.getCallback().onBundleSuccess();
        } catch (Exception e) {
          LOG.warn("a bundle finalizer failed; the bundle stays committed", e);
        }
      }
    }
  }
}
