package dev.sluice.engine.batch;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A receiver that a test drives by calling its stores; it notes the marks that come back. */
final class Feed extends Receiver<String> {
  final List<Object> committed = new CopyOnWriteArrayList<>();
  private final Consumer<Object> onCommitted;

  Feed() {
    this(mark -> {});
  }

  /** One that tells {@code onCommitted} of the marks, too. */
  Feed(Consumer<Object> onCommitted) {
    this.onCommitted = onCommitted;
  }

  @Override
  public void onStart() {}

  @Override
  public void onStop() {}

  @Override
  public void onCommitted(Object mark) {
    committed.add(mark);
    onCommitted.accept(mark);
  }

  /** A source of these receivers. */
  static Source source(Feed... feeds) {
    return source(List.of(feeds));
  }

  /** The same of other receivers. */
  static Source source(List<? extends Receiver<String>> receivers) {
    return new Source(List.copyOf(receivers));
  }

  /** Says which receivers there are. */
  static final class Source implements ReceiverSource<String> {
    private static final long serialVersionUID = 1L;

    private final transient List<Receiver<String>> receivers;

    private Source(List<Receiver<String>> receivers) {
      this.receivers = receivers;
    }

    @Override
    public List<Receiver<String>> receivers(int parallelism, TaskScope scope) {
      return receivers;
    }

    @Override
    public Codec<String> codec() {
      return Program.unchecked(Program.VALUES);
    }
  }
}
