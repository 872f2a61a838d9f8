package dev.sluice.engine.state;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The committed cells of one key, which nobody changes. Most keys have few, of which a search from
 * the first to the last is cheaper than a hash table, to make and to ask; so they lie in one array:
 * address, cell, address, cell.
 */
final class FewCells extends AbstractMap<CellAddress, Cell> {
  /** Above that they are in a hash table. */
  private static final int FEW = 16;

  private final Object[] slots;

  private FewCells(Object[] slots) {
    this.slots = slots;
  }

  /** The cells of {@code before} with those of {@code changed}, of which empty ones are gone. */
  static Map<CellAddress, Cell> merged(
      Map<CellAddress, Cell> before, Map<CellAddress, Cell> changed, Shared shared) {
    int most = before.size() + changed.size();
    if (most > FEW) {
      return many(before, changed, shared);
    }
    Object[] slots = new Object[2 * most];
    int used = 0;
    for (Map.Entry<CellAddress, Cell> cell : before.entrySet()) {
      Cell now = changed.getOrDefault(cell.getKey(), cell.getValue());
      if (!now.isEmpty()) {
        slots[used++] = cell.getKey();
        slots[used++] = now;
      }
    }
    for (Map.Entry<CellAddress, Cell> cell : changed.entrySet()) {
      if (!cell.getValue().isEmpty() && !before.containsKey(cell.getKey())) {
        slots[used++] = shared.of(cell.getKey());
        slots[used++] = cell.getValue();
      }
    }
    return switch (used) {
      case 0 -> Map.of();
      case 2 -> Map.of((CellAddress) slots[0], (Cell) slots[1]);
      default -> new FewCells(used == slots.length ? slots : Arrays.copyOf(slots, used));
    };
  }

  private static Map<CellAddress, Cell> many(
      Map<CellAddress, Cell> before, Map<CellAddress, Cell> changed, Shared shared) {
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

  @Override
  public int size() {
    return slots.length / 2;
  }

  @Override
  public Cell get(Object address) {
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i].equals(address)) {
        return (Cell) slots[i + 1];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(Object address) {
    return get(address) != null;
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
