package dev.sluice.engine.state;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How what one operator keeps is written, and read by a later process: names, and values by their
 * codecs, never code. Used by one thread at a time, which need not be the one that runs tasks.
 */
public interface StateFormat {

  /**
   * What has to be equal for old state to be read: the kinds of its codecs. It does not contain the
   * names of the user's classes, which may change.
   */
  String fingerprint();

  /**
   * Whether keys are in the partitions that their identities name. A later process may have other
   * hash codes, and looks for them anew.
   */
  boolean keyed();

  void writeKey(Object identity, DataOutputStream out) throws IOException;

  Object readKey(DataInputStream in) throws IOException;

  void writeAddress(CellAddress address, DataOutputStream out) throws IOException;

  CellAddress readAddress(DataInputStream in) throws IOException;

  void writeTimerId(Object id, DataOutputStream out) throws IOException;

  Object readTimerId(DataInputStream in) throws IOException;

  /** The content of a cell, which nobody changes meanwhile. */
  byte[] encode(CellAddress address, Cell cell) throws IOException;

  /** The cell with this content, and the hold that it had. */
  Cell decode(CellAddress address, byte[] content, long hold) throws IOException;
}
