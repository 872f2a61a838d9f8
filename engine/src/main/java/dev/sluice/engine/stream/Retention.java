package dev.sluice.engine.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long each node keeps its datasets: when batch t is complete, those up to t less that long are
 * forgotten.
 *
 * <p>Each keeps its own for a slide, or for as long as was asked for, so that the newest can be
 * used until the next is there. A node that reads another's datasets back to t − b while its own
 * are needed for another k makes that one keep them for b + k; if its own are held, for b, since
 * they are never computed again.
 *
 * <p>What the batches after t need of those up to t is the same without the slide that each node
 * keeps its own for, unless it reads itself: a later process finds that in checkpoints.
 */
final class Retention {
  private final Map<Node<?>, Long> keepMs = new HashMap<>();
  private final Map<Node<?>, Long> recoverMs = new HashMap<>();

  private Retention() {}

  /**
   * Tells each node.
   *
   * @param nodes in the order of their definition, so that those that read come after what they
   *     read
   * @param remember how long each stream was asked to keep its datasets, in milliseconds
   */
  static void derive(List<Node<?>> nodes, Map<Node<?>, Long> remember, long rememberAllMs) {
    Retention retention = new Retention();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node<?> node = nodes.get(i);
      long asked = Math.max(rememberAllMs, remember.getOrDefault(node, 0L));
      derive(node, retention.keepMs, Math.max(node.slideMs(), asked));
      node.keepMs(retention.keepMs.get(node));
      long itselfMs = node.shape().readsItself() ? node.slideMs() : 0;
      derive(node, retention.recoverMs, Math.max(itselfMs, asked));
      node.recoverMs(retention.recoverMs.get(node));
    }
  }

  private static void derive(Node<?> node, Map<Node<?>, Long> lengthsMs, long leastMs) {
    long ownMs = lengthsMs.merge(node, leastMs, Math::max);
    long againMs = node.storage() == Node.Storage.HELD ? 0 : ownMs;
    for (Node.Need need : node.shape().needs()) {
      lengthsMs.merge(need.node(), need.backMs() + againMs, Math::max);
    }
  }
}
