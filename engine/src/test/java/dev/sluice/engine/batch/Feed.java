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
    return new Source(List.of(feeds));
  }

  /** Says which receivers there are. */
  static final class Source implements ReceiverSource<String> {
    private static final long serialVersionUID = 1L;

    private final transient List<Feed> feeds;

    private Source(List<Feed> feeds) {
      this.feeds = feeds;
    }

    @Override
    public List<Feed> receivers(int parallelism, TaskScope scope) {
      return feeds;
    }

    @Override
    public Codec<String> codec() {
      return Program.unchecked(Program.VALUES);
    }
  }
}
