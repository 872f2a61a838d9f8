package dev.sluice.translation.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * Beam's namespaces by their names, each decoded once: cells and timers of many keys are in the
 * same one. It forgets now and then what it has decoded. For use by one thread at a time.
 */
final class Namespaces implements Function<String, StateNamespace> {
  private static final int REMEMBERED = 1_000;

  private final Coder<? extends BoundedWindow> windowCoder;
  private final Map<String, StateNamespace> known = new HashMap<>();

  /** Of windows of {@code windowCoder}; null if there are none. */
  Namespaces(Coder<? extends BoundedWindow> windowCoder) {
    this.windowCoder = windowCoder;
  }

  @Override
  public StateNamespace apply(String name) {
    StateNamespace namespace = known.get(name);
    if (namespace == null) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      namespace = StateNamespaces.fromString(name, windowCoder);
      known.put(name, namespace);
    }
    return namespace;
  }
}
