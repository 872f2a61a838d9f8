/**
 * Side inputs: broadcasts of the engine, by window, as the views that user code reads. Each view is
 * built once a job and consumer. Imports {@code coder}, {@code metrics}, and the engine's {@code
 * time}, {@code codec}, {@code state} and {@code plan}.
 */
package dev.sluice.translation.sideinput;
