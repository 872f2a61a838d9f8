/**
 * Measurements, each a main class, each printing ratios of one run: what {@code docs/benchmarks.md}
 * says comes from here.
 *
 * <p>What is compared runs in fresh child processes with the same heap, one after the other.
 */
package dev.sluice.benchmarks;
