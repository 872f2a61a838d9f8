package dev.sluice.engine.batch;

import dev.sluice.engine.batch.Script.AdvanceTime;
import dev.sluice.engine.batch.Script.AdvanceWatermark;
import dev.sluice.engine.batch.Script.Elements;
import dev.sluice.engine.batch.Script.Event;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A script at work: gives nothing until it is told to go on. */
final class ScriptInlet implements Inlet {
  private final Script<?> script;
  private final ScriptClock clock;
  private int next;
  private Elements elements;
  private long watermark = Watermark.START;
  private boolean waiting;
  private int nextAfterTaken;
  private long takenWatermark = Watermark.START;
  private long takenAtMs;

  ScriptInlet(Script<?> script, ScriptClock clock) {
    this.script = script;
    this.clock = clock;
  }

  private record Records(Script<?> script, Elements elements) implements Split<Object> {
    @Override
    public void read(Output<Object> output, TaskScope scope) throws IOException {
      script.decode(elements).forEach(output::emit);
    }
  }

  @Override
  public void start() {
    waiting = true;
  }

  /** Behind what was taken; an event may have happened since. */
  @Override
  public Place place() {
    int event = nextAfterTaken;
    long behind = takenWatermark;
    long atMs = takenAtMs;
    return out -> {
      out.writeInt(event);
      out.writeLong(behind);
      out.writeLong(atMs);
    };
  }

  /** Goes on where a process before this one was. */
  void startAt(DataInputStream place) throws IOException {
    next = place.readInt();
    watermark = place.readLong();
    clock.moveTo(place.readLong());
  }

  /** Lets the next event happen; false if there is none. */
  boolean goOn() {
    if (next == script.events().size()) {
      boolean last = watermark < Watermark.END;
      watermark = Watermark.END;
      waiting |= last;
      return last;
    }
    Event event = script.events().get(next++);
    if (event instanceof Elements come) {
      elements = come.records().isEmpty() ? null : come;
    } else if (event instanceof AdvanceWatermark advance) {
      watermark = Math.max(watermark, advance.watermark());
    } else if (event instanceof AdvanceTime advance) {
      clock.advance(advance.millis());
    }
    waiting = true;
    return true;
  }

  @Override
  public boolean waiting() {
    return waiting;
  }

  @Override
  public Taken take() {
    List<Split<?>> splits = new ArrayList<>();
    splits.add(elements == null ? null : new Records(script, elements));
    int count = elements == null ? 0 : elements.records().size();
    elements = null;
    waiting = false;
    nextAfterTaken = next;
    takenWatermark = watermark;
    takenAtMs = clock.nowMs();
    return new Taken(splits, watermark, watermark == Watermark.END, () -> count);
  }

  @Override
  public void drain() {
    next = script.events().size();
  }
}
