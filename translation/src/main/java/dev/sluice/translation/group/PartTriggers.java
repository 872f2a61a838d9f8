package dev.sluice.translation.group;

import java.util.List;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.runners.core.triggers.AfterAllStateMachine;
import org.apache.beam.runners.core.triggers.AfterEachStateMachine;
import org.apache.beam.runners.core.triggers.AfterFirstStateMachine;
import org.apache.beam.runners.core.triggers.AfterWatermarkStateMachine;
import org.apache.beam.runners.core.triggers.RepeatedlyStateMachine;
import org.apache.beam.runners.core.triggers.TriggerStateMachine;
import org.apache.beam.runners.core.triggers.TriggerStateMachines;

/** Beam's triggers as machines that see {@link Part}s where Beam's own would see elements. */
record PartTriggers(Count part) {

  TriggerStateMachine machine(RunnerApi.Trigger trigger) {
    return switch (trigger.getTriggerCase()) {
      case ELEMENT_COUNT -> new CountTrigger(trigger.getElementCount().getElementCount(), part);
      case AFTER_ALL ->
          AfterAllStateMachine.of(machines(trigger.getAfterAll().getSubtriggersList()));
      case AFTER_ANY ->
          AfterFirstStateMachine.of(machines(trigger.getAfterAny().getSubtriggersList()));
      case AFTER_EACH ->
          AfterEachStateMachine.inOrder(machines(trigger.getAfterEach().getSubtriggersList()));
      case REPEAT -> RepeatedlyStateMachine.forever(machine(trigger.getRepeat().getSubtrigger()));
      case OR_FINALLY ->
          machine(trigger.getOrFinally().getMain())
              .orFinally(machine(trigger.getOrFinally().getFinally()));
      case AFTER_END_OF_WINDOW -> afterEndOfWindow(trigger.getAfterEndOfWindow());
      // None of the others looks at elements, but for the time at which the first of them comes.
      default -> TriggerStateMachines.stateMachineForTrigger(trigger);
    };
  }

  private List<TriggerStateMachine> machines(List<RunnerApi.Trigger> triggers) {
    return triggers.stream().map(this::machine).toList();
  }

  private TriggerStateMachine afterEndOfWindow(RunnerApi.Trigger.AfterEndOfWindow trigger) {
    var atEnd = AfterWatermarkStateMachine.pastEndOfWindow();
    if (!trigger.hasEarlyFirings() && !trigger.hasLateFirings()) {
      return atEnd;
    }
    var machine = atEnd.withEarlyFirings(machine(trigger.getEarlyFirings()));
    return trigger.hasLateFirings()
        ? machine.withLateFirings(machine(trigger.getLateFirings()))
        : machine;
  }
}
