/**
 * Programs to read and to start from, one idea a file. Each has a {@code main}, reads a file of
 * {@code examples/data} unless told otherwise, and is run by a test.
 *
 * <pre>
 *   on Beam, bounded    WordCount             read, split, count, write
 *                       UserRegions           a side input instead of a join
 *                       VisitorSessions       event time, session windows, dead letters
 *   on Beam, streaming  SocketWordCount       windows of a stream that ends with its connection
 *                       LogErrors             a source with event time and checkpoint marks; drain
 *                       Leaderboard           early, on-time and late panes, accumulated
 *                       StreamingKMeans       state that goes from batch to batch
 *   on Rdds             ConnectedComponents   iteration with persisted and checkpointed datasets
 *                       KMeans                iteration until nothing moves
 *   on DStreams         DStreamWordCount      windows and state by key, batch by batch
 * </pre>
 *
 * <p>The streaming ones read lines:
 *
 * <pre>
 *   SocketLines  ─┐                    ┌─► LineBuffer    bytes to lines
 *   FollowedFile ─┴─► their readers ───┴─► TimedLines    event time and watermark, by LineTimes
 * </pre>
 *
 * <p>{@code Feeder} and {@code PacedLines} stand in for a server or a program that writes, {@code
 * Streaming} starts a pipeline and drains it on Ctrl-C. Names of files are relative to the current
 * folder; the defaults suit the root of the repository.
 */
package dev.sluice.examples;
