/**
 * Streams as sequences of datasets: a program on {@link dev.sluice.engine.stream.DStream}s is a
 * graph that gives a dataset for each batch.
 *
 * <pre>
 *   StreamingContext ─► DStream, PairDStream      handles, what a program holds
 *          │                │
 *          │                ▼
 *          │              Node ─► Computation     the graph; a node remembers datasets by batch
 *          ▼                                              ▲
 *      LifeCycle ─► Scheduler ─► Batch ─► BatchRun ───────┘
 *                   (ticks, ledger,       (job thread: transform, foreachRDD, actions)
 *                    receivers, retention)
 *          │
 *          ▼
 *      Durability ─► StreamCheckpoints ─► StreamJournal, CheckpointWriter    what is left behind
 *                                     ─► StreamRecovery                     what was found
 * </pre>
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>What a batch reads is fixed at its tick. Batches run one at a time, in order, and the
 *       output operations of one in the order of their definition.
 *   <li>Every node that an output depends on gets its dataset in its own batch, once.
 *   <li>A dataset is forgotten when the batch is complete after which nothing that was declared
 *       needs it; {@link dev.sluice.engine.stream.Retention} derives when that is.
 *   <li>The scheduler's thread calls no user code. Datasets are forgotten while no batch runs.
 *   <li>A dataset of state has no lineage: it lies in blocks until it is forgotten, or is a version
 *       on the heap that shares with others what has not changed.
 *   <li>What is in the journal before a batch is done is enough to compute its states again.
 * </ul>
 *
 * <p>May import everything above it: {@code time}, {@code codec}, {@code storage}, {@code memory},
 * {@code event}, {@code plan}, {@code exec}, {@code rdd}, {@code checkpoint}, {@code receiver},
 * {@code batch}.
 */
package dev.sluice.engine.stream;
