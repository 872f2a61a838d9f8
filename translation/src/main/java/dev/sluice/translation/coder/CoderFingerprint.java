package dev.sluice.translation.coder;

import dev.sluice.engine.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaCoder;

/**
 * What a coder's bytes look like, as text: the tree of Beam's own coders, and schemas by the names
 * and types of their fields. A user's coder is {@code unknown}, for its class may be renamed.
 */
public final class CoderFingerprint {
  private static final String OWN = "org.apache.beam.sdk.";

  private CoderFingerprint() {}

  /** The fingerprint of {@code codec}, if it stands for a coder. */
  public static String of(Codec<?> codec) {
    if (codec instanceof CoderCodec<?> wraps) {
      return of(wraps.coder());
    }
    return codec instanceof CoderKeyCodec<?> wraps ? of(wraps.coder()) : "unknown";
  }

  /** The fingerprint of {@code coder}; null has one, too. */
  public static String of(Coder<?> coder) {
    if (coder == null) {
      return "none";
    }
    if (coder instanceof SchemaCoder<?> row) {
      return "row" + fields(row.getSchema());
    }
    Class<?> type = coder.getClass();
    List<String> parts = new ArrayList<>();
    coder.getCoderArguments().forEach(part -> parts.add(of(part)));
    String name = type.getName().startsWith(OWN) ? type.getSimpleName() : "unknown";
    return parts.isEmpty() ? name : name + "(" + String.join(",", parts) + ")";
  }

  private static String fields(Schema schema) {
    List<String> fields = new ArrayList<>();
    schema.getFields().forEach(field -> fields.add(field.getName() + ":" + type(field.getType())));
    return "(" + String.join(",", fields) + ")";
  }

  private static String type(Schema.FieldType type) {
    String nullable = Boolean.TRUE.equals(type.getNullable()) ? "?" : "";
    return switch (type.getTypeName()) {
      case ROW -> "row" + fields(type.getRowSchema()) + nullable;
      case ARRAY, ITERABLE ->
          type.getTypeName() + "(" + type(type.getCollectionElementType()) + ")" + nullable;
      case MAP ->
          "MAP(" + type(type.getMapKeyType()) + "," + type(type.getMapValueType()) + ")" + nullable;
      case LOGICAL_TYPE -> type.getLogicalType().getIdentifier() + nullable;
      default -> type.getTypeName() + nullable;
    };
  }
}
