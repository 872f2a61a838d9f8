package dev.sluice.engine.state;

import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The timers of one key, by id and by time. Of equal time the one that was set first comes first.
 * Most keys have few, which are searched from the first to the last.
 */
final class Timers {
  private static final int FEW = 16;

  private final List<Armed> few = new ArrayList<>(2);
  private ManyTimers many;
  private long nextOrder;

  Timers() {}

  /** The timers that {@link #committed} has given. */
  Timers(List<Armed> committed) {
    for (Armed armed : committed) {
      nextOrder = Math.max(nextOrder, armed.order + 1);
    }
    if (committed.size() > FEW) {
      many = new ManyTimers(committed);
    } else {
      few.addAll(committed);
    }
  }

  /** A timer, and when it was armed among those of its key. */
  record Armed(Timer timer, long order) {

    /** Which comes first; both are of one domain. */
    int compareByTime(Armed other) {
      int byTime = Long.compare(timer.timestamp(), other.timer.timestamp());
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    /** Of the time alone: timers of many keys are compared for each commit. */
    @Override
    public int hashCode() {
      return Long.hashCode(timer.timestamp());
    }
  }

  /** All of them, in as little memory as they can be kept in. */
  List<Armed> committed() {
    return List.copyOf(all());
  }

  private Collection<Armed> all() {
    return many == null ? few : many.all();
  }

  /** The timer of {@code domain} in {@code committed} that is due first, or null. */
  static Timer first(List<Armed> committed, TimerDomain domain) {
    Armed first = null;
    for (Armed armed : committed) {
      if (armed.timer.domain() == domain && (first == null || armed.compareByTime(first) < 0)) {
        first = armed;
      }
    }
    return first == null ? null : first.timer;
  }

  /** What the output watermark waits for on behalf of {@code committed}. */
  static long hold(List<Armed> committed) {
    long hold = Watermark.END;
    for (Armed armed : committed) {
      hold = Math.min(hold, armed.timer.hold());
    }
    return hold;
  }

  void set(Timer timer) {
    Armed armed = new Armed(timer, nextOrder++);
    if (many != null) {
      many.set(armed);
      return;
    }
    remove(timer.id());
    few.add(armed);
    if (few.size() > FEW) {
      many = new ManyTimers(few);
      few.clear();
    }
  }

  Timer get(Object id) {
    if (many != null) {
      Armed armed = many.get(id);
      return armed == null ? null : armed.timer;
    }
    int at = indexOf(id);
    return at < 0 ? null : few.get(at).timer;
  }

  Timer remove(Object id) {
    if (many != null) {
      Armed armed = many.remove(id);
      return armed == null ? null : armed.timer;
    }
    int at = indexOf(id);
    return at < 0 ? null : few.remove(at).timer;
  }

  private int indexOf(Object id) {
    for (int i = 0; i < few.size(); i++) {
      if (few.get(i).timer.id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  void removeIf(Predicate<Object> ids) {
    if (many != null) {
      many.ids().stream().filter(ids).forEach(many::remove);
    } else {
      few.removeIf(armed -> ids.test(armed.timer.id()));
    }
  }

  Timer first(TimerDomain domain) {
    if (many != null) {
      Armed armed = many.first(domain);
      return armed == null ? null : armed.timer;
    }
    return first(few, domain);
  }
}
