package dev.sluice.engine.rdd;

import dev.sluice.engine.exec.JobResult;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.StagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What an action computes: a report for each partition.
 *
 * @param name the action's, in plans and messages
 * @param operator the reporting operator for a branch
 * @param keepsRecords whether reports hold records, or pass them to code that may keep them
 */
record Evaluation<A>(String name, Function<Branch, Operator<?>> operator, boolean keepsRecords) {

  private record Reporter(Branch branch, OperatorNode node) {}

  /** Runs one job and returns the reports of {@code wanted}, in this order. */
  List<A> run(Dataset dataset, Partitions wanted, JobPlan.Purpose purpose) {
    RddContext context = dataset.context();
    context.checkOpen();
    if (wanted.isEmpty()) {
      return new ArrayList<>();
    }
    try (JobPlan plan = new JobPlan(context, purpose)) {
      List<Reporter> reporters = build(plan, dataset, wanted);
      JobResult result = context.jobs().run(plan.stages());
      return collect(reporters, wanted, result);
    }
  }

  /** The same for all partitions. */
  List<A> run(Dataset dataset) {
    dataset.context().checkOpen();
    return run(dataset, Partitions.all(dataset.partitions()), JobPlan.Purpose.RUN);
  }

  /** The stages of the job for all partitions, which is not run. */
  StagePlan stages(Dataset dataset, JobPlan.Purpose purpose) {
    dataset.context().checkOpen();
    try (JobPlan plan = new JobPlan(dataset.context(), purpose)) {
      build(plan, dataset, Partitions.all(dataset.partitions()));
      return plan.stages();
    }
  }

  private List<Reporter> build(JobPlan plan, Dataset dataset, Partitions wanted) {
    List<Reporter> reporters = new ArrayList<>();
    for (Branch branch : plan.branches(dataset, wanted)) {
      Branch input = keepsRecords ? plan.copied(branch, dataset.label()) : branch;
      reporters.add(new Reporter(input, plan.report(name, operator.apply(input), input)));
    }
    return reporters;
  }

  private List<A> collect(List<Reporter> reporters, Partitions wanted, JobResult result) {
    List<A> reports = new ArrayList<>();
    wanted.stream().forEach(p -> reports.add(null));
    for (Reporter reporter : reporters) {
      List<A> ofTasks = result.of(reporter.node());
      Branch.Tasks tasks = reporter.branch().tasks();
      tasks.wanted().stream()
          .forEach(p -> reports.set(wanted.indexOf(p), ofTasks.get(tasks.all().indexOf(p))));
    }
    return reports;
  }
}
