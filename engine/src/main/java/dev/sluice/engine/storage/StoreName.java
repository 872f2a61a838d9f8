package dev.sluice.engine.storage;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The rules for names in a store. */
final class StoreName {
  private static final int MAX_LENGTH = 1024;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_=+@-][A-Za-z0-9_=+@.-]*");

  private StoreName() {}

  /**
   * The folder in which all names are that start with {@code prefix}: "" or a path without a slash
   * at its end. So a store need not look through all that it has.
   */
  static String folder(String prefix) {
    int end = prefix.lastIndexOf('/');
    boolean isName =
        end > 0
            && Arrays.stream(prefix.substring(0, end).split("/", -1))
                .allMatch(segment -> SEGMENT.matcher(segment).matches());
    return isName ? prefix.substring(0, end) : "";
  }

  /** Returns {@code name} if it may be the name of something. */
  static String checked(String name) {
    if (name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a store name of " + name.length() + " characters: at most " + MAX_LENGTH);
    }
    for (String segment : name.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' is no store name: use segments of letters, digits and _-=+@. separated by /,"
                + " none of them empty or starting with a dot");
      }
    }
    return name;
  }
}
