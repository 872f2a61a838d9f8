package dev.sluice.benchmarks.nexmark;

/**
 * What a query gave: the number of its results, and the sum of their hashes, which does not depend
 * on their order.
 */
record Fingerprint(long count, long hash) {}
