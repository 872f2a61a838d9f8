package dev.sluice.engine.rdd;

/** What a dataset is called in plans and messages: {@code map#4}. */
record Label(String operation, int id) {

  /** A part of the step, {@code reduceByKey#4/merge}. */
  String part(String name) {
    return this + "/" + name;
  }

  @Override
  public String toString() {
    return operation + "#" + id;
  }
}
