package dev.sluice.engine.state;

import dev.sluice.engine.codec.Shared;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The committed cells of one key, which nobody changes. Most keys have few, of which a search from
 * the first to the last is cheaper than a hash table, to make and to ask; so they lie in one array:
 * address, cell, address, cell.
 */
final class FewCells extends AbstractMap<CellAddress, Cell> {
  /** Above that they are in a hash table. */
  static final int FEW = 16;

  private final Object[] slots;

  private FewCells(Object[] slots) {
    this.slots = slots;
  }

  /** Where {@code address} is in the first {@code used} of {@code slots}; negative if nowhere. */
  static int indexOf(Object address, Object[] slots, int used) {
    for (int i = 0; i < used; i += 2) {
      if (slots[i].equals(address)) {
        return i;
      }
    }
    return -1;
  }

  /** The cells of {@code before} with those of {@code changed}, of which empty ones are gone. */
  static Map<CellAddress, Cell> merged(
      Map<CellAddress, Cell> before, ChangedCells changed, Shared shared) {
    int most = before.size() + changed.size();
    if (most > FEW) {
      return many(before, changed, shared);
    }
    Merged merged = new Merged(new Object[2 * most]);
    before.forEach(
        (address, cell) -> {
          Cell now = changed.get(address);
          merged.add(address, now == null ? cell : now);
        });
    changed.forEach(
        (address, cell) -> {
          if (!before.containsKey(address)) {
            merged.add(shared.of(address), cell);
          }
        });
    return merged.map();
  }

  private static Map<CellAddress, Cell> many(
      Map<CellAddress, Cell> before, ChangedCells changed, Shared shared) {
    Map<CellAddress, Cell> merged = new HashMap<>(before);
    changed.forEach(
        (address, cell) -> {
          if (cell.isEmpty()) {
            merged.remove(address);
          } else {
            merged.put(shared.of(address), cell);
          }
        });
    return Map.copyOf(merged);
  }

  /** Becomes the cells of a key. */
  private static final class Merged {
    private final Object[] slots;
    private int used;

    Merged(Object[] slots) {
      this.slots = slots;
    }

    void add(CellAddress address, Cell cell) {
      if (!cell.isEmpty()) {
        slots[used++] = address;
        slots[used++] = cell;
      }
    }

    Map<CellAddress, Cell> map() {
      return switch (used) {
        case 0 -> Map.of();
        case 2 -> Map.of((CellAddress) slots[0], (Cell) slots[1]);
        default -> new FewCells(used == slots.length ? slots : Arrays.copyOf(slots, used));
      };
    }
  }

  @Override
  public int size() {
    return slots.length / 2;
  }

  @Override
  public Cell get(Object address) {
    int at = indexOf(address, slots, slots.length);
    return at < 0 ? null : (Cell) slots[at + 1];
  }

  @Override
  public boolean containsKey(Object address) {
    return indexOf(address, slots, slots.length) >= 0;
  }

  @Override
  public void forEach(BiConsumer<? super CellAddress, ? super Cell> visit) {
    for (int i = 0; i < slots.length; i += 2) {
      visit.accept((CellAddress) slots[i], (Cell) slots[i + 1]);
    }
  }

  @Override
  public Set<Map.Entry<CellAddress, Cell>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return FewCells.this.size();
      }

      @Override
      public Iterator<Map.Entry<CellAddress, Cell>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<CellAddress, Cell>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < slots.length;
    }

    @Override
    public Map.Entry<CellAddress, Cell> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      next += 2;
      return Map.entry((CellAddress) slots[next - 2], (Cell) slots[next - 1]);
    }
  }
}
