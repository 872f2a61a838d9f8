package dev.sluice.engine.rdd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** The actions: an evaluation, and what the calling thread does with the reports. */
final class Actions {
  private Actions() {}

  static <T> Evaluation<List<T>> collecting() {
    return new Evaluation<>(
        "collect",
        branch ->
            new Reports.Aggregate<T, List<T>>(
                ArrayList::new,
                (records, record) -> {
                  records.add(record);
                  return records;
                }),
        true);
  }

  static <T> List<T> collect(Dataset dataset) {
    List<T> all = new ArrayList<>();
    Actions.<T>collecting().run(dataset).forEach(all::addAll);
    return all;
  }

  static <T, A> A aggregate(
      Dataset dataset,
      String name,
      Function0<? extends A> zero,
      Function2<A, ? super T, ? extends A> add,
      Function2<A, ? super A, ? extends A> merge) {
    Evaluation<A> evaluation =
        new Evaluation<>(name, branch -> new Reports.Aggregate<T, A>(zero, add), true);
    List<A> ofPartitions = evaluation.run(dataset);
    try {
      A all = zero.apply();
      for (A ofPartition : ofPartitions) {
        all = merge.apply(all, ofPartition);
      }
      return all;
    } catch (Exception e) {
      throw RddException.of(name, e);
    }
  }

  static <T> T reduce(Dataset dataset, Function2<? super T, ? super T, ? extends T> function) {
    // None or one record: what the records so far were reduced to.
    Function2<List<T>, T, List<T>> add =
        (soFar, record) -> {
          if (soFar.isEmpty()) {
            soFar.add(record);
          } else {
            soFar.set(0, function.apply(soFar.get(0), record));
          }
          return soFar;
        };
    Function2<List<T>, List<T>, List<T>> merge =
        (soFar, next) -> next.isEmpty() ? soFar : add.apply(soFar, next.get(0));
    List<T> reduced = aggregate(dataset, "reduce", ArrayList::new, add, merge);
    if (reduced.isEmpty()) {
      throw new NoSuchElementException(
          dataset.label() + " has no records to reduce: fold gives a value for that case");
    }
    return reduced.get(0);
  }

  static void saveAsText(Dataset dataset, Path folder) {
    dataset.context().checkOpen();
    String name = "saveAsText";
    try {
      TextOutput output = TextOutput.create(folder);
      try {
        Evaluation<String> evaluation = new Evaluation<>(name, output::writer, false);
        output.complete(evaluation.run(dataset));
      } catch (Throwable t) {
        output.discard(t);
        throw t;
      }
    } catch (IOException e) {
      throw RddException.of(name, e);
    }
  }
}
