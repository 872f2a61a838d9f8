/**
 * Beam's timers, kept in the engine's state. Imports the engine's {@code time}, {@code state} and
 * {@code plan}.
 */
package dev.sluice.translation.timers;
