/** Beam's state cells, kept in the engine's state. Imports the engine's {@code state} only. */
package dev.sluice.translation.state;
