package dev.sluice.engine.rdd;

import java.io.Serializable;

/**
 * Something that an operator finds in the process that planned it, and only there: the block store,
 * a block. It is left behind when the operator is serialized.
 */
final class InProcess<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final transient T value;

  InProcess(T value) {
    this.value = value;
  }

  T get() {
    if (value == null) {
      throw new IllegalStateException(
          "blocks and stores belong to the process of their context; this operator left it");
    }
    return value;
  }
}
