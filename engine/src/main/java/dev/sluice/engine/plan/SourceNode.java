package dev.sluice.engine.plan;

/** A node that makes records: a head. */
public final class SourceNode extends Node {
  private static final long serialVersionUID = 1L;

  private final Source<?> source;

  SourceNode(int id, String name, String key, Source<?> source) {
    super(id, name, key);
    this.source = source;
  }

  public Source<?> source() {
    return source;
  }
}
