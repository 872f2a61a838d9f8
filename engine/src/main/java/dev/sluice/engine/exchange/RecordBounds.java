package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.VarInt;

/**
 * Where the parts of a record lie in its frame.
 *
 * @param valueEnd where the next record begins
 */
record RecordBounds(int keyStart, int keyEnd, int valueStart, int valueEnd) {

  /** Of the record at {@code start} of {@code frame}. */
  static RecordBounds at(byte[] frame, int start) {
    int keyLength = VarInt.at(frame, start);
    int keyStart = start + VarInt.bytes(keyLength);
    int keyEnd = keyStart + keyLength;
    int valueLength = VarInt.at(frame, keyEnd);
    int valueStart = keyEnd + VarInt.bytes(valueLength);
    return new RecordBounds(keyStart, keyEnd, valueStart, valueStart + valueLength);
  }

  int valueLength() {
    return valueEnd - valueStart;
  }
}
