/**
 * Beam's state cells, kept in the engine's state, and how they are written to checkpoints. Imports
 * {@code timers}, and the engine's {@code time}, {@code codec} and {@code state}.
 */
package dev.sluice.translation.state;
