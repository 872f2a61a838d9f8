/**
 * Grouping and combining.
 *
 * <p>A bounded input is complete when it is grouped, so under the default trigger each key and
 * window has one result, in one pane: {@code ON_TIME}, first and last. Other triggers are run by
 * Beam's own machine, key by key. Where windows do not merge, values meet by key and window in the
 * engine's exchange; where they do, by key, and the window function merges what came together.
 *
 * <p>A stream keeps what has come until it is complete. Where each window has one pane it does so
 * itself; everything else is done by Beam's machine.
 */
package dev.sluice.translation.group;
