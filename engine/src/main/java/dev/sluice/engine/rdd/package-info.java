/**
 * Datasets with lineage: programs on collections that are split over tasks.
 *
 * <pre>
 *   RddContext ─► Rdd, PairRdd          handles, what a program holds
 *                    │
 *                    ▼
 *                 Dataset ─► Step       the lineage: how it is computed, from which datasets
 *                    │
 *          action ─► JobPlan ─► Plan    for chosen partitions; cut at blocks and checkpoints
 *                    │
 *                    ▼
 *                 Jobs ─► exec.Job      results by partition, blocks of successful attempts
 * </pre>
 *
 * <p>An action plans the partitions that it needs. A plan consists of {@link
 * dev.sluice.engine.rdd.Branch}es: the records of a branch come from one head, whose tasks are
 * partitions of the dataset. A union has a branch for each of its parts, a dataset of which some
 * partitions are in the block store has one for these and others for the rest. So every record
 * keeps its partition's number, and records come out in the order of partitions however they were
 * computed; also what is sent through an exchange comes in the order of the sender's partitions.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Partition <i>p</i> of a dataset holds the same records each time it is computed, provided
 *       that the functions of the program are deterministic.
 *   <li>Blocks, results and files of an attempt count when the attempt has succeeded, not before.
 *   <li>A dataset that was materialized is read from its blocks and never computed again; once it
 *       is released, whoever needs it gets a {@link
 *       dev.sluice.engine.rdd.DatasetReleasedException}.
 *   <li>Values of a group that is larger than memory do not leave the task that reads them: they
 *       are copied before they are stored, sent or returned.
 * </ul>
 *
 * <p>May import everything above it: {@code time}, {@code storage}, {@code codec}, {@code memory},
 * {@code event}, {@code plan}, {@code exchange}, {@code exec}.
 */
package dev.sluice.engine.rdd;
