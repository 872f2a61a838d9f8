package dev.sluice.benchmarks.nexmark;

/** Where the results of a query must be the same, whoever has run it. */
enum Agreement {
  /** On every runner, in both modes. */
  EVERYWHERE(""),
  /** In batch, where a runner has seen all that belongs to a key before it joins. */
  BATCH_BY_ORDER(
      "which bid is too late depends on the order in which auctions and bids arrive: results are"
          + " compared in batch, and without DirectRunner, which streams there, too"),
  /** In batch, where there is a pane for each key and window. */
  BATCH_BY_PANES(
      "how many panes a window has in a stream depends on when its files are ready: results are"
          + " compared in batch"),
  /** In batch, where processing time does not go on. */
  BATCH_BY_CLOCK(
      "windows end by the clock of the machine: results are compared in batch, and without"
          + " DirectRunner, whose clock goes on there, too"),
  /** Nowhere: a mean for each pane, and a runner chooses its panes. */
  NOWHERE(
      "a mean comes with each pane, and a runner may fire as often as it likes between the first"
          + " element and the last: results are not compared");

  private final String note;

  Agreement(String note) {
    this.note = note;
  }

  /** Why results are not compared everywhere; empty if they are. */
  String note() {
    return note;
  }

  /** Whether what {@code runner} gave in {@code mode} is compared. */
  boolean covers(Runner runner, Mode mode) {
    return switch (this) {
      case EVERYWHERE -> true;
      case BATCH_BY_PANES -> mode == Mode.BATCH;
      case BATCH_BY_ORDER, BATCH_BY_CLOCK -> mode == Mode.BATCH && runner != Runner.DIRECT;
      case NOWHERE -> false;
    };
  }
}
