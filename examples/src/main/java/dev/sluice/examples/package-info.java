/**
 * Programs to read and to start from, one idea a file. Each has a {@code main}, reads a file of
 * {@code examples/data} unless told otherwise, and is run by a test.
 *
 * <pre>
 *   on Beam    WordCount             read, split, count, write
 *              UserRegions           a side input instead of a join
 *              VisitorSessions       event time, session windows, dead letters
 *   on Rdds    ConnectedComponents   iteration with persisted and checkpointed datasets
 *              KMeans                iteration until nothing moves
 * </pre>
 *
 * <p>Names of files are relative to the current folder; the defaults suit the root of the
 * repository.
 */
package dev.sluice.examples;
