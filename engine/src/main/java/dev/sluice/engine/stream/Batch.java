package dev.sluice.engine.stream;

/**
 * A batch whose input is fixed.
 *
 * @param number in the ledger
 * @param timeMs which batch it is
 * @param records how many its receivers have brought
 */
record Batch(long number, long timeMs, long records) {}
