/** Time as a parameter: whoever needs the clock is handed one. Imports nothing of the engine. */
package dev.sluice.engine.time;
