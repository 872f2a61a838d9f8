package dev.sluice.validates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CapabilityTableTest {

  @Test
  void countsByCategoryAndListsTheExcludedTests() {
    List<Result> results =
        List.of(
            result("B#z", Suite.VALIDATES_RUNNER, Verdict.Kind.EXCLUDED, "last", "Two", "One"),
            result("B#y", Suite.VALIDATES_RUNNER, Verdict.Kind.PASSED, "", "One"),
            result("B#x", Suite.NEEDS_RUNNER, Verdict.Kind.FAILED, ""),
            result("B#w", Suite.NEEDS_RUNNER, Verdict.Kind.EXCLUDED, "needs it"),
            result("B#v", Suite.VALIDATES_RUNNER, Verdict.Kind.IGNORED, "by Beam"),
            result("B#a", Suite.VALIDATES_RUNNER, Verdict.Kind.EXCLUDED, "first", "One"));

    String table =
        CapabilityTable.of(Map.of(new Mode("some", List.of("--some"), "some.txt"), results));

    assertEquals(
        """
        ## Mode: some

        Pipeline options: `--some`

        | Category | Tests | Passed | Failed | Excluded | Ignored |
        |---|--:|--:|--:|--:|--:|
        | (none) | 3 | 0 | 1 | 1 | 1 |
        | One | 3 | 1 | 0 | 2 | 0 |
        | Two | 1 | 0 | 0 | 1 | 0 |
        | **all of ValidatesRunner** | 4 | 1 | 0 | 2 | 1 |
        | **all of NeedsRunner** | 2 | 0 | 1 | 1 | 0 |

        ### Excluded in some

        Of ValidatesRunner:

        - `B#a`: first
        - `B#z`: last

        Of NeedsRunner:

        - `B#w`: needs it
        """,
        table.substring(table.indexOf("## Mode")));
  }

  private static Result result(
      String test, Suite suite, Verdict.Kind kind, String remark, String... categories) {
    return new Result(test, suite, List.of(categories), kind, 5, remark, "");
  }
}
