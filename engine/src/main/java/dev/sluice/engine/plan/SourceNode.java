package dev.sluice.engine.plan;

/** A node that makes records: a head. */
public final class SourceNode extends Node {
  private static final long serialVersionUID = 1L;

  private final Source<?> source;

  SourceNode(int id, String name, Source<?> source) {
    super(id, name);
    this.source = source;
  }

  public Source<?> source() {
    return source;
  }
}
