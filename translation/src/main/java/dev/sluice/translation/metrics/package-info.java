/**
 * Beam metrics by attempt: each attempt of a task counts into containers of its own, which become
 * committed when the attempt's output does. Imports the engine's {@code plan}.
 */
package dev.sluice.translation.metrics;
