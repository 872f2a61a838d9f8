package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class PlotTest {
  @Test
  void hasADotForEachFigureAndForEachRunnersName() throws Exception {
    Measurements measured = new Measurements();
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.process(400));
    measured.add(Given.batch(Query.Q5, Runner.DIRECT), Given.process(0.5));
    measured.add(Given.streaming(Query.Q5, Runner.FLINK), Given.ended(1, 0, "stopped"));

    Document svg = parse(Plot.of(measured, Given.scope(Query.Q5)));

    int names = Runner.values().length + Runner.values().length - 1;
    assertEquals(names + 2, svg.getElementsByTagName("circle").getLength());
  }

  @Test
  void canBeDrawnOfNothing() throws Exception {
    parse(Plot.of(new Measurements(), Given.scope(Query.values())));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
