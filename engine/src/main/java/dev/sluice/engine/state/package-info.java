/**
 * What operators keep from batch to batch: cells and timers by key, with the watermark holds that
 * they imply. An attempt works on a view; what it has changed counts once the view is committed.
 * Imports {@code time} and {@code codec}.
 */
package dev.sluice.engine.state;
