package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Arguments of the form {@code --name=value}, read one by one. What is wrong is collected, and
 * reported by {@link #finish} all at once. For one thread.
 */
final class Arguments {
  private final Map<String, String> given = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Arguments(List<String> arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        problems.add("'" + argument + "' is not of the form --name=value");
      } else if (given.put(argument.substring(2, equals), argument.substring(equals + 1)) != null) {
        problems.add("--" + argument.substring(2, equals) + " is given twice");
      }
    }
  }

  /** Some of {@code allowed}, separated by commas; without the argument {@code otherwise}. */
  <T> List<T> some(String name, List<T> allowed, Function<T, String> label, List<T> otherwise) {
    String value = take(name);
    if (value == null) {
      return otherwise;
    }
    List<String> labels = allowed.stream().map(label).toList();
    List<String> wanted = List.of(value.split(",", -1));
    for (String each : wanted) {
      if (!labels.contains(each)) {
        problem(name, "'" + each + "'", "some of " + String.join(",", labels));
      }
    }
    // In their own order, whatever the order of the argument.
    return allowed.stream().filter(each -> wanted.contains(label.apply(each))).toList();
  }

  /** A number of at least {@code least}; without the argument {@code otherwise}. */
  int number(String name, int least, int otherwise) {
    String value = take(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number that is too small is.
    }
    problem(name, "'" + value + "'", "a whole number from " + least + " to " + Integer.MAX_VALUE);
    return otherwise;
  }

  /** A text that matches {@code form}; without the argument {@code otherwise}. */
  String text(String name, Pattern form, String allowed, String otherwise) {
    String value = take(name);
    if (value == null) {
      return otherwise;
    }
    if (!form.matcher(value).matches()) {
      problem(name, "'" + value + "'", allowed);
    }
    return value;
  }

  /** Adds {@code problem} to those that {@link #finish} reports. */
  void add(String problem) {
    problems.add(problem);
  }

  /**
   * Ends reading.
   *
   * @throws IllegalArgumentException if anything was wrong, with all of it
   */
  void finish() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        problems.add("there is no --" + name + ", but --" + String.join(", --", known));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Wrong arguments:\n  - " + String.join("\n  - ", problems));
    }
  }

  private String take(String name) {
    known.add(name);
    return given.get(name);
  }

  private void problem(String name, String value, String allowed) {
    problems.add("--" + name + " has " + value + ", allowed is " + allowed);
  }
}
