package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a function of states does, and the same in plain Java, which looks at every key. */
final class StateModel {
  private final long timeoutMs;
  private final Map<Object, Long> states = new HashMap<>();
  private final Map<Object, Long> last = new HashMap<>();

  StateModel(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /** The function. Fails once for each value and each timeout that is drawn by {@code oneIn}. */
  record Sums(Set<Object> failed, int oneIn) implements StateFunction<Object, Long, Long, String> {
    Sums(int oneIn) {
      this(ConcurrentHashMap.newKeySet(), oneIn);
    }

    @Override
    public String apply(Object key, Optional<Long> value, State<Long> state) {
      Object call = value.isPresent() ? value.get() : Pair.of(key, state.get());
      if (Math.floorMod(call.hashCode(), oneIn) == 1 && failed.add(call)) {
        throw new IllegalStateException("once");
      }
      if (state.isTimingOut()) {
        return key + " out at " + state.get();
      }
      long sum = (state.exists() ? state.get() : 0) + value.orElseThrow();
      if (sum % 5 == 0) {
        state.remove();
        return key + " gone";
      }
      state.update(sum);
      return key + "=" + sum;
    }
  }

  void put(Object key, long state, long lastMs) {
    states.put(key, state);
    last.put(key, lastMs);
  }

  Map<Object, Long> states() {
    return new HashMap<>(states);
  }

  /** What is mapped in a batch, sorted. */
  List<String> batch(long timeMs, List<Pair<Object, Long>> records) {
    List<String> mapped = new ArrayList<>();
    for (Pair<Object, Long> record : records) {
      long sum = states.getOrDefault(record.key(), 0L) + record.value();
      if (sum % 5 == 0) {
        states.remove(record.key());
        mapped.add(record.key() + " gone");
      } else {
        states.put(record.key(), sum);
        mapped.add(record.key() + "=" + sum);
      }
      last.put(record.key(), timeMs);
    }
    for (Object key : new ArrayList<>(states.keySet())) {
      if (timeoutMs > 0 && timeMs - last.get(key) >= timeoutMs) {
        mapped.add(key + " out at " + states.remove(key));
      }
    }
    return mapped.stream().sorted().toList();
  }
}
