/**
 * Beam's Nexmark on each runner.
 *
 * <pre>
 *   NexmarkBenchmark, NexmarkScalingBenchmark, NexmarkHeapBenchmark    coordinators
 *     ChildJvm         a JVM for each runner, on its own class path, which runs
 *       NexmarkRun       a query, some rounds, a Report line for each, or
 *       LimitRun         the generator alone
 *     Measurements     what the children reported
 *     Fingerprints     whether all gave the same results
 *     Page             the tables, the plot and the notes that are made of it
 * </pre>
 *
 * <p>What a child runs uses nothing of Sluice, since Flink and Spark need other versions of its
 * libraries. Coordinator and child share {@code RunArguments} and {@code Report}.
 */
package dev.sluice.benchmarks.nexmark;
