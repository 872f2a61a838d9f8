package dev.sluice.runner;

import dev.sluice.engine.batch.StateStorage;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.StreamingOptions;

/** Options of {@link SluiceRunner}. All have defaults; all are checked together before a run. */
public interface SluicePipelineOptions extends StreamingOptions {

  @Description(
      "How many worker threads run tasks. More than the machine's processors pays only for"
          + " pipelines that wait, for example for a service. Default: the number of processors.")
  @Default.InstanceFactory(Processors.class)
  int getParallelism();

  void setParallelism(int threads);

  @Description(
      "The share of the heap, between 0 and 1, that data between stages may take before it spills"
          + " to disk. More spills less and leaves less room for the pipeline's own objects."
          + " Default: 0.5.")
  @Default.Double(0.5)
  double getMemoryFraction();

  void setMemoryFraction(double fraction);

  @Description(
      "The folder below which temporary data goes: what spills and, if it is kept on disk, state, in"
          + " a folder of its own that is deleted with the pipeline. It should be on a fast disk with"
          + " room for the largest grouping. Default: the system's temporary folder.")
  @Default.InstanceFactory(TempFolder.class)
  String getTempFolder();

  void setTempFolder(String folder);

  @Description(
      "After how many elements a bundle ends; 0 for one bundle a task. Small bundles finish their"
          + " side effects earlier and cost more calls of startBundle and finishBundle."
          + " Default: 0.")
  @Default.Long(0)
  long getMaxBundleSize();

  void setMaxBundleSize(long elements);

  @Description(
      "How often a task is tried before the pipeline fails. A retried task runs again from its"
          + " input; what the failed attempt did outside the pipeline stays done. Default: 4.")
  @Default.Integer(4)
  int getMaxTaskAttempts();

  void setMaxTaskAttempts(int attempts);

  @Description(
      "Whether to check that no element is changed after it was output. Encodes every element"
          + " twice: for tests. Default: false.")
  @Default.Boolean(false)
  boolean getCheckMutations();

  void setCheckMutations(boolean check);

  @Description(
      "After how many milliseconds without a record a task is reported as stuck, with what its"
          + " thread does; 0 for never. Default: 300000.")
  @Default.Long(300_000)
  long getStuckTaskReportMs();

  void setStuckTaskReportMs(long ms);

  @Description(
      "After how many milliseconds a task is interrupted and counts as failed; 0 for never."
          + " Default: 0.")
  @Default.Long(0)
  long getTaskDeadlineMs();

  void setTaskDeadlineMs(long ms);

  @Description(
      "Whether a second attempt is started of tasks that take much longer than the others of"
          + " their stage. Their side effects outside the pipeline may then happen twice."
          + " Default: false.")
  @Default.Boolean(false)
  boolean getSpeculation();

  void setSpeculation(boolean speculate);

  @Description(
      "Whether stages, tasks and records per second are shown on the terminal while the pipeline"
          + " runs: AUTO (if there is one), ON or OFF. Default: AUTO.")
  @Default.Enum("AUTO")
  Progress getProgress();

  void setProgress(Progress progress);

  @Description(
      "Streaming: the milliseconds from the start of a batch to that of the next while data comes."
          + " Short batches answer sooner, long ones cost less for each element. Timers and work"
          + " that was put off do not wait for it. Default: 100.")
  @Default.Long(100)
  long getBatchDurationMs();

  void setBatchDurationMs(long ms);

  @Description(
      "Streaming: for how many milliseconds a reader fills a block before it hands it over. A"
          + " batch takes whole blocks; short ones are ready sooner and cost more each, among"
          + " others a checkpoint mark of the source. Default: 200, or the batch duration if that"
          + " is less.")
  @Default.InstanceFactory(BlockInterval.class)
  long getBlockIntervalMs();

  void setBlockIntervalMs(long ms);

  @Description(
      "Streaming: how many records a second one reader of a source may take; 0 for no bound. A"
          + " bound protects what is behind the source, and what the pipeline writes to, from a"
          + " backlog that is read at full speed. Default: 0.")
  @Default.Long(0)
  long getMaxRate();

  void setMaxRate(long recordsPerSecond);

  @Description(
      "Streaming: whether readers are slowed down to the rate at which batches were processed."
          + " Keeps batches short when the pipeline is slower than its sources, at the cost of"
          + " some throughput. Without it a reader waits only when its blocks fill up."
          + " Default: false.")
  @Default.Boolean(false)
  boolean getBackpressure();

  void setBackpressure(boolean backpressure);

  @Description(
      "Streaming: how many records a batch takes at most from one source, whose readers have equal"
          + " shares. Under backlog batches grow up to this size: larger ones answer later and need"
          + " more memory. Default: 100000.")
  @Default.Long(100_000)
  long getMaxBatchRecords();

  void setMaxBatchRecords(long records);

  @Description(
      "Streaming: whether there is a batch each batchDurationMs, with and without data. Late ones"
          + " are made up for one after another. Otherwise a batch starts when something waits for"
          + " it, and under backlog there are fewer and larger ones. Timers then wait for the next"
          + " tick. Default: false.")
  @Default.Boolean(false)
  boolean getFixedTicks();

  void setFixedTicks(boolean fixed);

  @Description(
      "Streaming: where state, timers and open windows are while the pipeline runs: HEAP, or DISK for"
          + " a database below --tempFolder, which needs org.rocksdb:rocksdbjni. The heap is faster;"
          + " the disk has room for more than fits into it. A checkpoint of one can be gone on from"
          + " with the other. Default: HEAP.")
  @Default.Enum("HEAP")
  StateStorage getStateStore();

  void setStateStore(StateStorage storage);

  @Description(
      "Streaming: the folder of the pipeline's checkpoints: a path, or a location on any Hadoop"
          + " file system, such as hdfs://host:port/folder. A pipeline that is started with a"
          + " folder that has checkpoints goes on where the last one was written. Sources hear"
          + " that their records are not needed any more, and bundle finalizers are called, when a"
          + " checkpoint covers them. Default: none, nothing survives the process.")
  String getCheckpointDir();

  void setCheckpointDir(String folder);

  @Description(
      "Streaming: the time in milliseconds from one checkpoint to the next. Short intervals repeat"
          + " less after a crash and write more. Default: 10000.")
  @Default.Long(10_000)
  long getCheckpointIntervalMs();

  void setCheckpointIntervalMs(long ms);

  @Description(
      "Streaming: whether to take the checkpoint folder from a process that still uses it, which"
          + " then ends. Without it the folder of one that has died can be used after 30 seconds."
          + " Default: false.")
  @Default.Boolean(false)
  boolean getCheckpointTakeOver();

  void setCheckpointTakeOver(boolean takeOver);

  /** When progress is shown. */
  enum Progress {
    AUTO,
    ON,
    OFF
  }

  /** 200 ms, or the batch duration if that is less. */
  class BlockInterval implements DefaultValueFactory<Long> {
    private static final long LONGEST_MS = 200;

    @Override
    public Long create(PipelineOptions options) {
      long batchMs = options.as(SluicePipelineOptions.class).getBatchDurationMs();
      return Math.max(1, Math.min(LONGEST_MS, batchMs));
    }
  }

  /** The number of processors. */
  class Processors implements DefaultValueFactory<Integer> {
    @Override
    public Integer create(PipelineOptions options) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  /** The system's temporary folder. */
  class TempFolder implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return System.getProperty("java.io.tmpdir");
    }
  }
}
