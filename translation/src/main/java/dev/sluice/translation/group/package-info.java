/**
 * Grouping and combining of bounded inputs.
 *
 * <p>A bounded input is complete when it is grouped, so under the default trigger each key and
 * window has one result, in one pane: {@code ON_TIME}, first and last. Other triggers are run by
 * Beam's own machine, key by key. Where windows do not merge, values meet by key and window in the
 * engine's exchange; where they do, by key, and the window function merges what came together.
 */
package dev.sluice.translation.group;
