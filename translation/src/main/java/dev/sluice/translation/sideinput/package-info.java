/**
 * Side inputs: broadcasts of the engine, by window, as the views that user code reads. Each view is
 * built once a job and consumer. Imports the engine's {@code plan} only.
 */
package dev.sluice.translation.sideinput;
