package dev.sluice.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A stage plan as text. */
class ExplanationTest {
  @Test
  void showsHeadsFusedOperatorsAndExchangesInOrder() {
    Plans plans = new Plans();
    Port lines = plans.operator("Parse", plans.source("Read"));
    ExchangeNode names = plans.broadcast("Names", plans.source("Lookup"));
    Port named = plans.operator("Name", List.of(names), lines);
    Port grouped = plans.operator("Count", plans.port(plans.group("ByWord", 4, named)));
    ExchangeNode sorted = plans.route("Sorted", Exchange.DEFAULT_PARTITIONS, grouped);
    plans.operator("Write", plans.pull("Sort", sorted));
    plans.operator("Report", List.of(names, plans.broadcast("Counts", grouped)), grouped);
    assertEquals(
        """
        Stage 0
          read Lookup
          => broadcast Names
        Stage 1 after 0
          read Read
          | Parse
          | Name  with Names
          => group ByWord into 4
        Stage 2 after 1
          take ByWord
          | Count
          => route Sorted
          => broadcast Counts
          => pin Report/PinnedInput
        Stage 3 after 2
          pull Sort from Sorted
          | Write
        Stage 4 after 0, 2
          take Report/PinnedInput
          | Report  with Names, Counts
        """,
        plans.plan().explain());
  }
}
