package dev.sluice.translation.source;

import java.io.Serializable;

/**
 * How a stream reads Beam's sources.
 *
 * @param blockIntervalMs for how long a reader fills a block
 * @param maxAttempts how often a reader may fail without giving anything in between
 */
public record ReadSettings(long blockIntervalMs, int maxAttempts) implements Serializable {}
