package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.codec.Shared;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Exchange.KeySelector;
import dev.sluice.engine.plan.Exchange.Route;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;

/** Puts the records of one attempt into the partitions of a segment. */
@FunctionalInterface
interface Distribution {

  /** Appends {@code record} and returns its partition. */
  int append(Object record, Segment segment) throws IOException;

  static Distribution of(Exchange exchange, Layout layout, TaskScope scope, int partitions) {
    if (exchange instanceof Exchange.Grouped<?, ?, ?> grouped) {
      return byKey(unchecked(grouped.selector()), (Layout.Keyed) layout, partitions);
    }
    if (exchange instanceof Exchange.Routed<?> routed) {
      return byRoute(unchecked(routed.router().open(scope, partitions)), partitions);
    }
    return (record, segment) -> {
      segment.append(0, record, null);
      return 0;
    };
  }

  private static Distribution byKey(
      KeySelector<Object, Object, Object> selector, Layout.Keyed layout, int partitions) {
    // Records of one key wait in memory together: they need not have a copy of it each.
    Shared keys = new Shared();
    return (record, segment) -> {
      Object own = layout.identity(selector.key(record));
      Object identity = own == null ? null : keys.of(own);
      int partition = KeyIdentity.partition(identity, partitions);
      segment.append(partition, identity, selector.value(record));
      return partition;
    };
  }

  private static Distribution byRoute(Route<Object> route, int partitions) {
    return (record, segment) -> {
      int partition = checked(route, record, partitions);
      segment.append(partition, record, null);
      return partition;
    };
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
