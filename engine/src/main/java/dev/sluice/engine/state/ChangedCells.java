package dev.sluice.engine.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The cells of one key that an attempt has in its hands. Most keys have few, which are searched
 * from the first to the last, as {@link FewCells} are; more lie in a hash table.
 */
final class ChangedCells {
  private static final Object[] NONE = {};
  private static final int FIRST_SLOTS = 4;

  private Object[] slots = NONE;
  private int used;
  private Map<CellAddress, Cell> many;

  boolean isEmpty() {
    return used == 0 && many == null;
  }

  int size() {
    return many == null ? used / 2 : many.size();
  }

  Cell get(CellAddress address) {
    if (many != null) {
      return many.get(address);
    }
    int at = FewCells.indexOf(address, slots, used);
    return at < 0 ? null : (Cell) slots[at + 1];
  }

  void put(CellAddress address, Cell cell) {
    if (many != null) {
      many.put(address, cell);
      return;
    }
    int at = FewCells.indexOf(address, slots, used);
    if (at >= 0) {
      slots[at + 1] = cell;
    } else if (used == 2 * FewCells.FEW) {
      many = new HashMap<>();
      forEachOfFew(many::put);
      many.put(address, cell);
      slots = NONE;
      used = 0;
    } else {
      append(address, cell);
    }
  }

  private void append(CellAddress address, Cell cell) {
    if (used == slots.length) {
      slots = Arrays.copyOf(slots, Math.max(FIRST_SLOTS, 2 * used));
    }
    slots[used++] = address;
    slots[used++] = cell;
  }

  void forEach(BiConsumer<CellAddress, Cell> visit) {
    if (many != null) {
      many.forEach(visit);
    } else {
      forEachOfFew(visit);
    }
  }

  private void forEachOfFew(BiConsumer<CellAddress, Cell> visit) {
    for (int i = 0; i < used; i += 2) {
      visit.accept((CellAddress) slots[i], (Cell) slots[i + 1]);
    }
  }

  void clear() {
    slots = NONE;
    used = 0;
    many = null;
  }
}
