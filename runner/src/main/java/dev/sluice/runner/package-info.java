/**
 * The Beam runner: {@link dev.sluice.runner.SluiceRunner}, its options, its result.
 *
 * <p>Runs a translated pipeline on an engine of its own, with its own worker threads, memory budget
 * and temporary folder; several pipelines can run in one process.
 */
package dev.sluice.runner;
