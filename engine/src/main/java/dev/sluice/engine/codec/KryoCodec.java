package dev.sluice.engine.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.serializers.ImmutableCollectionsSerializers;
import com.esotericsoftware.kryo.kryo5.util.DefaultInstantiatorStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine's default codec: Kryo, with registration required, so that stored bytes can only ever
 * become objects of classes that the user named.
 *
 * <p>Common classes of the JDK are registered already: boxed primitives, strings, primitive arrays,
 * {@code Object[]}, the mutable collections of {@code java.util}, {@code List.of}, {@code Set.of},
 * {@code Map.of}, and what Kryo itself knows. The order of registration is part of the format.
 */
public final class KryoCodec implements KeyCodec<Object> {
  private static final long serialVersionUID = 1L;

  private static final Pattern UNREGISTERED = Pattern.compile("Class is not registered: (\\S+)");

  private final List<Class<?>> registered;
  private final boolean references;
  private transient volatile ThreadLocal<Kryo> perThread;

  private KryoCodec(List<Class<?>> registered, boolean references) {
    this.registered = new ArrayList<>(registered);
    this.references = references;
  }

  /** A codec for the JDK's common classes and {@code registered}, in this order. */
  public static Codec<Object> values(List<Class<?>> registered) {
    return new KryoCodec(registered, true);
  }

  /**
   * The same for keys, which are compared by what is written of them: shared and equal parts are
   * written alike. Hash sets and maps are written in their order, which equal ones need not share.
   * A key that contains itself cannot be written.
   */
  public static KeyCodec<Object> keys(List<Class<?>> registered) {
    return new KryoCodec(registered, false);
  }

  /**
   * So for strings, boxed primitives and enums; other classes may have no equality of their own.
   */
  @Override
  public boolean consistentWithEquals(Object key) {
    return key == null
        || key instanceof String
        || (key instanceof Number && key.getClass().getPackageName().equals("java.lang"))
        || key instanceof Boolean
        || key instanceof Character
        || key instanceof Enum<?>;
  }

  /** The fields of each registered class, which may have been renamed. */
  @Override
  public List<String> layout() {
    return registered.stream().map(ClassLayout::of).toList();
  }

  @Override
  public void encode(Object value, OutputStream out) throws IOException {
    Output buffer = new Output(64, -1);
    try {
      kryo().writeClassAndObject(buffer, value);
    } catch (KryoException | IllegalArgumentException e) {
      throw failure("write", e);
    } catch (StackOverflowError e) {
      // Kryo has not come to tidy up everywhere.
      perThread.remove();
      throw new CodecException(
          "Kryo cannot write a value: it contains itself, or is nested too deeply", e);
    }
    VarInt.write(buffer.position(), out);
    out.write(buffer.getBuffer(), 0, buffer.position());
  }

  @Override
  public Object decode(InputStream in) throws IOException {
    int length = VarInt.read(in);
    if (length < 0) {
      throw new CodecException("a value of " + length + " bytes", null);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a value of " + length + " bytes ends after " + bytes.length);
    }
    try {
      return kryo().readClassAndObject(new Input(bytes));
    } catch (KryoException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw failure("read", e);
    }
  }

  private static CodecException failure(String verb, RuntimeException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      Matcher missing = UNREGISTERED.matcher(String.valueOf(t.getMessage()));
      if (missing.find()) {
        return new CodecException(
            String.format(
                "Kryo cannot %s %s: the class is not registered. Name it in"
                    + " EngineOptions.register(...)",
                verb, missing.group(1)),
            e);
      }
    }
    return new CodecException(
        "Kryo cannot " + verb + " a value: " + e.getClass().getSimpleName(), e);
  }

  private Kryo kryo() {
    ThreadLocal<Kryo> local = perThread;
    if (local == null) {
      synchronized (this) {
        local = perThread;
        if (local == null) {
          local = ThreadLocal.withInitial(this::newKryo);
          perThread = local;
        }
      }
    }
    return local.get();
  }

  private Kryo newKryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(references);
    kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
    ImmutableCollectionsSerializers.registerSerializers(kryo);
    for (Class<?> type :
        List.of(
            byte[].class,
            char[].class,
            short[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            boolean[].class,
            Object[].class,
            String[].class,
            ArrayList.class,
            ArrayDeque.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class)) {
      kryo.register(type);
    }
    Set<Class<?>> named = new LinkedHashSet<>(registered);
    named.forEach(kryo::register);
    return kryo;
  }
}
