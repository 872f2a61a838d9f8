package dev.sluice.translation.state;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.ByteOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.MultimapState;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TimestampedValue.TimestampedValueCoder;
import org.joda.time.Instant;

/** The content of Beam's cells as bytes, by the coders of their tags. */
final class CellContent {
  private CellContent() {}

  static byte[] of(BeamCell cell) throws IOException {
    synchronized (cell) {
      return form(cell).bytes(cell.state());
    }
  }

  /** Fills the cell that {@code tag} has made, and that is empty. */
  static void fill(BeamCell cell, byte[] content) throws IOException {
    form(cell).fill(cell.state(), content);
  }

  /** How the content of one kind of state is read from it as one value, and put back. */
  private abstract static class Form<StateT, T> {
    private final Coder<T> coder;

    Form(Coder<T> coder) {
      this.coder = coder;
    }

    abstract T get(StateT state);

    abstract void put(StateT state, T content);

    @SuppressWarnings("unchecked")
    final byte[] bytes(State state) throws IOException {
      ByteOutput bytes = new ByteOutput();
      coder.encode(get((StateT) state), bytes);
      return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    final void fill(State state, byte[] content) throws IOException {
      put((StateT) state, coder.decode(new ByteInput(content)));
    }
  }

  /** A hold on the watermark has a spec of its own, which none of the cases stand for. */
  private static Form<?, ?> form(BeamCell cell) {
    return cell.state() instanceof WatermarkHoldState
        ? new HoldForm()
        : cell.tag().getSpec().match(new Forms());
  }

  private static final class HoldForm extends Form<WatermarkHoldState, Instant> {
    HoldForm() {
      super(InstantCoder.of());
    }

    @Override
    Instant get(WatermarkHoldState state) {
      return state.read();
    }

    @Override
    void put(WatermarkHoldState state, Instant content) {
      state.add(content);
    }
  }

  private static <T> List<T> list(Iterable<T> elements) {
    List<T> list = new ArrayList<>();
    elements.forEach(list::add);
    return list;
  }

  private static <K, V> List<KV<K, V>> pairs(Iterable<Map.Entry<K, V>> entries) {
    List<KV<K, V>> pairs = new ArrayList<>();
    entries.forEach(entry -> pairs.add(KV.of(entry.getKey(), entry.getValue())));
    return pairs;
  }

  @SuppressWarnings("unchecked")
  private static final class Forms implements StateSpec.Cases<Form<?, ?>> {
    @Override
    public Form<?, ?> dispatchValue(Coder<?> coder) {
      return new Form<ValueState<Object>, Object>(NullableCoder.of((Coder<Object>) coder)) {
        @Override
        Object get(ValueState<Object> state) {
          return state.read();
        }

        @Override
        void put(ValueState<Object> state, Object content) {
          state.write(content);
        }
      };
    }

    @Override
    public Form<?, ?> dispatchBag(Coder<?> coder) {
      return new Form<BagState<Object>, List<Object>>(ListCoder.of((Coder<Object>) coder)) {
        @Override
        List<Object> get(BagState<Object> state) {
          return list(state.read());
        }

        @Override
        void put(BagState<Object> state, List<Object> content) {
          content.forEach(state::add);
        }
      };
    }

    @Override
    public Form<?, ?> dispatchOrderedList(Coder<?> coder) {
      return new Form<OrderedListState<Object>, List<TimestampedValue<Object>>>(
          ListCoder.of(TimestampedValueCoder.of((Coder<Object>) coder))) {
        @Override
        List<TimestampedValue<Object>> get(OrderedListState<Object> state) {
          return list(state.read());
        }

        @Override
        void put(OrderedListState<Object> state, List<TimestampedValue<Object>> content) {
          content.forEach(state::add);
        }
      };
    }

    @Override
    public Form<?, ?> dispatchCombining(CombineFn<?, ?, ?> fn, Coder<?> coder) {
      return new Form<CombiningState<Object, Object, Object>, Object>(
          NullableCoder.of((Coder<Object>) coder)) {
        @Override
        Object get(CombiningState<Object, Object, Object> state) {
          return state.getAccum();
        }

        @Override
        void put(CombiningState<Object, Object, Object> state, Object content) {
          state.addAccum(content);
        }
      };
    }

    @Override
    public Form<?, ?> dispatchMap(Coder<?> keys, Coder<?> values) {
      return new Form<MapState<Object, Object>, List<KV<Object, Object>>>(
          ListCoder.of(KvCoder.of((Coder<Object>) keys, (Coder<Object>) values))) {
        @Override
        List<KV<Object, Object>> get(MapState<Object, Object> state) {
          return pairs(state.entries().read());
        }

        @Override
        void put(MapState<Object, Object> state, List<KV<Object, Object>> content) {
          content.forEach(pair -> state.put(pair.getKey(), pair.getValue()));
        }
      };
    }

    @Override
    public Form<?, ?> dispatchMultimap(Coder<?> keys, Coder<?> values) {
      return new Form<MultimapState<Object, Object>, List<KV<Object, Object>>>(
          ListCoder.of(KvCoder.of((Coder<Object>) keys, (Coder<Object>) values))) {
        @Override
        List<KV<Object, Object>> get(MultimapState<Object, Object> state) {
          return pairs(state.entries().read());
        }

        @Override
        void put(MultimapState<Object, Object> state, List<KV<Object, Object>> content) {
          content.forEach(pair -> state.put(pair.getKey(), pair.getValue()));
        }
      };
    }

    @Override
    public Form<?, ?> dispatchSet(Coder<?> coder) {
      return new Form<SetState<Object>, List<Object>>(ListCoder.of((Coder<Object>) coder)) {
        @Override
        List<Object> get(SetState<Object> state) {
          return list(state.read());
        }

        @Override
        void put(SetState<Object> state, List<Object> content) {
          content.forEach(state::add);
        }
      };
    }
  }
}
