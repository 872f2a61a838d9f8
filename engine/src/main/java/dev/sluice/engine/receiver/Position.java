package dev.sluice.engine.receiver;

import dev.sluice.engine.time.Watermark;

/**
 * Where a receiver stands after some record.
 *
 * @param mark the source's last mark, null before the first
 * @param marks how many there have been so far, which tells them apart
 * @param watermark milliseconds of event time
 */
record Position(Object mark, long marks, long watermark) {
  static final Position START = new Position(null, 0, Watermark.START);

  /** The position after this one; a null mark or a lower watermark leaves what was. */
  Position moved(Object to, long newWatermark) {
    return new Position(
        to == null ? mark : to, to == null ? marks : marks + 1, Math.max(watermark, newWatermark));
  }
}
