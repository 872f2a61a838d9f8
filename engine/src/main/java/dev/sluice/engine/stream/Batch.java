package dev.sluice.engine.stream;

/**
 * A batch whose input is fixed.
 *
 * @param number in the ledger
 * @param timeMs which batch it is
 * @param records how many its receivers have brought
 * @param replay whether an earlier process has made it durable, so that only its states are needed
 */
record Batch(long number, long timeMs, long records, boolean replay) {}
