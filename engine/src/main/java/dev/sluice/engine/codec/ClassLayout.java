package dev.sluice.engine.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What Kryo's form of a class depends on, without names that a program may change. */
final class ClassLayout {
  private ClassLayout() {}

  static String of(Class<?> type) {
    if (type.isEnum()) {
      return "constants " + Arrays.toString(type.getEnumConstants());
    }
    if (type.isArray() || type.isInterface()) {
      return name(type);
    }
    List<String> fields = new ArrayList<>();
    for (Class<?> each = type; each != null && !isLibrary(each); each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
          fields.add(name(field.getType()) + " " + field.getName());
        }
      }
    }
    fields.sort(String::compareTo);
    return isLibrary(type) ? name(type) : "fields " + fields;
  }

  private static String name(Class<?> type) {
    return type.isArray()
        ? name(type.getComponentType()) + "[]"
        : type.isPrimitive() || isLibrary(type) ? type.getSimpleName() : "object";
  }

  private static boolean isLibrary(Class<?> type) {
    return type.getName().startsWith("java.");
  }
}
