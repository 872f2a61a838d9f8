package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.plan.TaskScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The plan of one job, while it is built from a lineage. For use by the thread of the action.
 *
 * <p>The same partitions of a dataset are planned once, however many want them. Blocks that the
 * plan reads are pinned until it is closed.
 */
final class JobPlan implements AutoCloseable {
  private final RddContext context;
  private final Purpose purpose;
  private final PlanBuilder builder = new PlanBuilder();
  private final Map<Wanted, List<Branch>> planned = new HashMap<>();
  private final List<Block> pinned = new ArrayList<>();

  JobPlan(RddContext context, Purpose purpose) {
    this.context = context;
    this.purpose = purpose;
  }

  /** What the plan is for. */
  enum Purpose {
    RUN,
    /** As {@link #RUN}, by consumers that say when they have enough. */
    RUN_UNTIL_ENOUGH,
    /** To be shown: nothing is computed while planning. */
    EXPLAIN
  }

  private record Wanted(Dataset dataset, Partitions partitions) {}

  boolean explains() {
    return purpose == Purpose.EXPLAIN;
  }

  Codecs codecs() {
    return context.codecs();
  }

  PlanBuilder builder() {
    return builder;
  }

  /** What computes {@code wanted} of {@code dataset}: from blocks, a checkpoint or its lineage. */
  List<Branch> branches(Dataset dataset, Partitions wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Wanted key = new Wanted(dataset, wanted);
    List<Branch> known = planned.get(key);
    if (known == null) {
      if (!explains()) {
        dataset.writeRequestedCheckpoint();
      }
      StorageLevel level = dataset.level();
      known =
          level == null
              ? dataset.step().plan(this, dataset.label(), wanted)
              : persisted(dataset, level, wanted);
      planned.put(key, known);
    }
    return known;
  }

  private List<Branch> persisted(Dataset dataset, StorageLevel level, Partitions wanted) {
    Map<Integer, BlockSplit> found = new TreeMap<>();
    wanted.stream()
        .forEach(
            p -> {
              Block block = context.blocks().acquire(new Block.Key(dataset.id(), p));
              if (block != null) {
                pinned.add(block);
                found.put(p, new BlockSplit(new InProcess<>(block)));
              }
            });
    List<Branch> branches = new ArrayList<>();
    if (!found.isEmpty()) {
      String name = dataset.label().part("blocks");
      branches.add(source(name, List.copyOf(found.values()), wanted.where(found::containsKey)));
    }
    Partitions missing = wanted.where(p -> !found.containsKey(p));
    if (!missing.isEmpty()) {
      for (Branch computed : dataset.step().plan(this, dataset.label(), missing)) {
        branches.add(kept(dataset, level, computed));
      }
    }
    return branches;
  }

  private Branch kept(Dataset dataset, StorageLevel level, Branch computed) {
    Branch copied = copied(computed, dataset.label());
    InProcess<BlockWriter.Space> space = new InProcess<>(context.blocks().space());
    Keep keep = new Keep(dataset.id(), level, codecs().values(), copied.tasks(), space);
    return push(dataset.label().part("keep"), keep, copied, false);
  }

  /** Adds a source of which each split is a partition. */
  Branch source(String name, List<? extends Source.Split<?>> splits, Partitions partitions) {
    boolean untilEnough = purpose == Purpose.RUN_UNTIL_ENOUGH;
    Port port = builder.source(name, new Splits(splits, untilEnough), codecs().values());
    Branch.Tasks tasks = new Branch.Tasks(partitions, partitions);
    return new Branch(port, port.node().id(), tasks, false);
  }

  /** Adds an operator of one output behind {@code input}. */
  Branch push(String name, Operator<?> operator, Branch input, boolean streaming) {
    return input.to(
        builder.operator(
            name, operator, List.of(input.port()), streaming ? null : codecs().values()),
        streaming);
  }

  /** Adds the last operator behind {@code input}: one that reports. */
  OperatorNode report(String name, Operator<?> operator, Branch input) {
    return builder.operator(name, operator, List.of(input.port()), List.of());
  }

  /** The same records, such that they can be stored, sent or returned. */
  Branch copied(Branch branch, Label label) {
    return branch.streaming()
        ? push(label.part("copyGroups"), new CopyGroups(), branch, false)
        : branch;
  }

  /** Adds a node that reads partitions of {@code sides} at its own pace and computes others. */
  Branch pull(Label label, List<List<Branch>> sides, Partitions wanted, PartitionFunction<?> f) {
    List<ExchangeNode> inputs = new ArrayList<>();
    List<Pinned> pinnedSides = new ArrayList<>();
    for (List<Branch> side : sides) {
      pinnedSides.add(pin(label, side, inputs));
    }
    PullPartitions<?> operator = new PullPartitions<>(wanted, pinnedSides, f);
    Port port = builder.pull(label.toString(), operator, inputs, codecs().values());
    return headedBy(port, wanted);
  }

  Branch headedBy(Port port, Partitions wanted) {
    return new Branch(port, port.node().id(), new Branch.Tasks(wanted, wanted), false);
  }

  private Pinned pin(Label label, List<Branch> side, List<ExchangeNode> inputs) {
    Pinned pinnedSide = new Pinned();
    for (Branch branch : side) {
      Exchange exchange = new Exchange.Pinned<>(codecs().values());
      Port port = copied(branch, label).port();
      Branch.Tasks tasks = branch.tasks();
      tasks.wanted().stream()
          .forEach(p -> pinnedSide.put(p, inputs.size(), tasks.all().indexOf(p)));
      inputs.add(builder.exchange(label.part("input"), exchange, List.of(port)));
    }
    return pinnedSide;
  }

  /**
   * The same records such that those behind an exchange get them in the order of partitions: stages
   * send in the order of their heads, and the tasks of a head in their own.
   */
  List<Branch> ordered(Label label, List<Branch> branches) {
    for (int i = 1; i < branches.size(); i++) {
      Branch before = branches.get(i - 1);
      Branch next = branches.get(i);
      if (before.head() >= next.head() || before.wanted().last() >= next.wanted().first()) {
        return List.of(gathered(label, branches));
      }
    }
    return branches;
  }

  /** One branch for several, task by task a partition. */
  Branch gathered(Label label, List<Branch> branches) {
    Partitions all = Partitions.of(branches.stream().flatMapToInt(b -> b.wanted().stream()));
    if (branches.size() == 1 && branches.get(0).tasks().all().equals(all)) {
      return branches.get(0);
    }
    Label gather = new Label("inOrder", label.id());
    return pull(gather, List.of(branches), all, (p, sides) -> sides.read(0, p));
  }

  /** What comes out of an exchange: every partition has a task, only the wanted ones emit. */
  Branch taken(ExchangeNode exchange, int partitions, Partitions wanted, boolean groups) {
    Port port = builder.port(exchange, 0, groups ? null : codecs().values());
    Branch.Tasks tasks = new Branch.Tasks(Partitions.all(partitions), wanted);
    Branch branch = new Branch(port, exchange.id(), tasks, groups);
    return wanted.size() == partitions
        ? branch
        : push(exchange.name() + "/wanted", new Only(tasks), branch, groups);
  }

  StagePlan stages() {
    return Planner.plan(builder.build());
  }

  @Override
  public void close() {
    pinned.forEach(context.blocks()::release);
    pinned.clear();
  }

  /** Passes on what belongs to wanted partitions. */
  private record Only(Branch.Tasks tasks) implements Operator<Object> {
    @Override
    public Processor<Object> open(OperatorContext context) {
      Output<Object> out = context.output(0);
      return tasks.partition(context.scope()) < 0 ? record -> {} : out::emit;
    }
  }

  /** A split that is a block. */
  private record BlockSplit(InProcess<Block> block) implements Source.Split<Object> {
    @Override
    public void read(Output<Object> output, TaskScope scope) {
      block.get().pushTo(output);
    }
  }
}
