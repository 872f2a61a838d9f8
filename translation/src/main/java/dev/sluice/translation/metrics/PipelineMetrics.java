package dev.sluice.translation.metrics;

import dev.sluice.engine.plan.TaskScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.model.pipeline.v1.MetricsApi.MonitoringInfo;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.core.metrics.MonitoringInfoConstants;
import org.apache.beam.sdk.metrics.MetricResults;

/**
 * The metrics of one pipeline. Safe for use by many threads.
 *
 * <p>Attempted values are those of all attempts, also of running and failed ones; committed values
 * those of attempts whose output counts.
 */
public final class PipelineMetrics {
  private final MetricsContainerStepMap ended = new MetricsContainerStepMap();
  private final MetricsContainerStepMap committed = new MetricsContainerStepMap();
  private final Set<AttemptMetrics> running = new LinkedHashSet<>();
  private MetricsContainerStepMap earlier = new MetricsContainerStepMap();

  /** Counts the attempt as running. */
  public synchronized void start(TaskScope attempt) {
    running.add(AttemptMetrics.of(attempt));
  }

  /** Counts what the attempt has counted as attempted, and as committed if it succeeded. */
  public synchronized void end(TaskScope attempt, boolean success) {
    AttemptMetrics metrics = AttemptMetrics.of(attempt);
    running.remove(metrics);
    ended.updateAll(metrics.steps());
    if (success) {
      committed.updateAll(metrics.steps());
    }
  }

  /** The attempted values of attempts that have ended; it goes on changing. */
  public MetricsContainerStepMap ended() {
    return ended;
  }

  /** Everything up to now. */
  public synchronized MetricResults results() {
    return MetricsContainerStepMap.asMetricResults(attempted(), committed());
  }

  /** The committed values up to now, those of earlier processes included. */
  public synchronized List<MonitoringInfo> save() {
    List<MonitoringInfo> infos = new ArrayList<>();
    committed().getMonitoringInfos().forEach(infos::add);
    return infos;
  }

  /** Counts on from what an earlier process has saved, in place of what was given before. */
  public synchronized void restore(List<MonitoringInfo> saved) {
    Map<String, List<MonitoringInfo>> byStep = new LinkedHashMap<>();
    for (MonitoringInfo info : saved) {
      String step = info.getLabelsOrDefault(MonitoringInfoConstants.Labels.PTRANSFORM, "");
      byStep.computeIfAbsent(step, s -> new ArrayList<>()).add(info);
    }
    earlier = new MetricsContainerStepMap();
    byStep.forEach((step, infos) -> SavedMetrics.read(infos, earlier.getContainer(step)));
  }

  private MetricsContainerStepMap committed() {
    MetricsContainerStepMap all = snapshot(earlier);
    all.updateAll(committed);
    return all;
  }

  private MetricsContainerStepMap attempted() {
    MetricsContainerStepMap attempted = snapshot(earlier);
    attempted.updateAll(ended);
    running.forEach(metrics -> attempted.updateAll(metrics.steps()));
    return attempted;
  }

  private static MetricsContainerStepMap snapshot(MetricsContainerStepMap steps) {
    MetricsContainerStepMap copy = new MetricsContainerStepMap();
    copy.updateAll(steps);
    return copy;
  }
}
