package dev.sluice.translation.dofn;

import dev.sluice.translation.coder.CoderFingerprint;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature.StateDeclaration;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;

/** The states that a DoFn declares, as text: of each its id, kind and coders. */
final class StateFingerprint {
  private StateFingerprint() {}

  static String of(DoFn<?, ?> fn) {
    Map<String, String> states = new TreeMap<>();
    for (StateDeclaration state :
        DoFnSignatures.getSignature(fn.getClass()).stateDeclarations().values()) {
      states.put(state.id(), spec(state, fn).match(new Kinds()));
    }
    return states.toString();
  }

  private static StateSpec<?> spec(StateDeclaration state, DoFn<?, ?> fn) {
    try {
      state.field().setAccessible(true);
      return (StateSpec<?>) state.field().get(fn);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read the state declaration " + state.id(), e);
    }
  }

  private static final class Kinds implements StateSpec.Cases<String> {
    @Override
    public String dispatchValue(Coder<?> coder) {
      return "value " + CoderFingerprint.of(coder);
    }

    @Override
    public String dispatchBag(Coder<?> coder) {
      return "bag " + CoderFingerprint.of(coder);
    }

    @Override
    public String dispatchOrderedList(Coder<?> coder) {
      return "ordered list " + CoderFingerprint.of(coder);
    }

    @Override
    public String dispatchCombining(CombineFn<?, ?, ?> fn, Coder<?> coder) {
      return "combining " + CoderFingerprint.of(coder);
    }

    @Override
    public String dispatchMap(Coder<?> keys, Coder<?> values) {
      return "map " + CoderFingerprint.of(keys) + " " + CoderFingerprint.of(values);
    }

    @Override
    public String dispatchSet(Coder<?> coder) {
      return "set " + CoderFingerprint.of(coder);
    }

    @Override
    public String dispatchMultimap(Coder<?> keys, Coder<?> values) {
      return "multimap " + CoderFingerprint.of(keys) + " " + CoderFingerprint.of(values);
    }
  }
}
