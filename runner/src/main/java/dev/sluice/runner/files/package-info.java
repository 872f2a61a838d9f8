/**
 * Files that a pipeline writes once, whatever crashes: {@link dev.sluice.runner.files.FileSink}.
 *
 * <p>Lines go to files below {@code _attempts/}, bundle by bundle. Where a file came to be, and
 * what it is to be called, goes on as a record; when that is stable it is renamed. What can be
 * deleted goes with the record, too: the files of runs before the one that has written it. In the
 * first batch of a run its predecessors' durable records are handed on, and its own in a later one.
 *
 * <p>Uses {@code dev.sluice.runner} to tell whether it is what runs the pipeline, and stores of the
 * engine; nothing uses it.
 */
package dev.sluice.runner.files;
