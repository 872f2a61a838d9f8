package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.codec.Shared;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Exchange.KeySelector;
import dev.sluice.engine.plan.Exchange.Route;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;

/** Finds the partitions of the records of one attempt. */
@FunctionalInterface
interface Distribution {

  /** Hands {@code record} to {@code target} with its partition. */
  void distribute(Object record, Target target) throws IOException;

  /** Takes records in the slots of a {@link Layout}. */
  @FunctionalInterface
  interface Target {
    void append(int partition, Object first, Object second) throws IOException;
  }

  static Distribution of(Exchange exchange, Layout layout, TaskScope scope, int partitions) {
    if (exchange instanceof Exchange.Grouped<?, ?, ?> grouped) {
      return byKey(unchecked(grouped.selector()), (Layout.Keyed) layout, partitions);
    }
    if (exchange instanceof Exchange.Routed<?> routed) {
      return byRoute(unchecked(routed.router().open(scope, partitions)), partitions);
    }
    return (record, target) -> target.append(0, record, null);
  }

  private static Distribution byKey(
      KeySelector<Object, Object, Object> selector, Layout.Keyed layout, int partitions) {
    // Records of one key wait in memory together: they need not have a copy of it each.
    Shared keys = new Shared();
    return (record, target) -> {
      Object own = layout.identity(selector.key(record));
      Object identity = own == null ? null : keys.of(own);
      int partition = KeyIdentity.partition(identity, partitions);
      target.append(partition, identity, selector.value(record));
    };
  }

  private static Distribution byRoute(Route<Object> route, int partitions) {
    return (record, target) -> target.append(checked(route, record, partitions), record, null);
  }

  private static int checked(Route<Object> route, Object record, int partitions)
      throws IOException {
    int partition;
    try {
      partition = route.partition(record);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the partitioner failed: " + e.getMessage(), e);
    }
    if (partition < 0 || partition >= partitions) {
      throw new IndexOutOfBoundsException(
          "the partitioner named partition " + partition + " of " + partitions);
    }
    return partition;
  }

  @SuppressWarnings("unchecked")
  private static KeySelector<Object, Object, Object> unchecked(KeySelector<?, ?, ?> selector) {
    return (KeySelector<Object, Object, Object>) selector;
  }

  @SuppressWarnings("unchecked")
  private static Route<Object> unchecked(Route<?> route) {
    return (Route<Object>) route;
  }
}
