package dev.sluice.translation;

import dev.sluice.translation.source.ReadSettings;

/**
 * What the translation of a stream has to know.
 *
 * @param maxLatenessMs the most that any collection of the pipeline allows elements to be late
 */
record StreamSettings(ReadSettings reads, long maxLatenessMs) {}
