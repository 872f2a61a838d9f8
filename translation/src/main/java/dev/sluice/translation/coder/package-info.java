/**
 * Beam's coders as the engine's codecs, and the key under which windowed values meet.
 *
 * <p>Imports the engine's {@code codec} package and Beam only.
 */
package dev.sluice.translation.coder;
