/**
 * A stream as a sequence of batches: what each batch reads, when it runs, what follows when it is
 * committed, and when the stream is at its end.
 */
package dev.sluice.engine.batch;
