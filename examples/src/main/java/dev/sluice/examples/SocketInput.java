package dev.sluice.examples;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;

/** The options of examples that read lines from a TCP server. */
public interface SocketInput extends PipelineOptions {

  @Description("The host of the server that sends lines.")
  @Default.String("127.0.0.1")
  String getHost();

  void setHost(String host);

  @Description("Its port; 0 lets the example feed itself with its input file.")
  @Default.Integer(0)
  int getPort();

  void setPort(int port);

  @Description("How many lines a second the example feeds itself, at least 1.")
  @Default.Integer(200)
  int getLinesPerSecond();

  void setLinesPerSecond(int lines);

  /** The lines that the server sends. */
  static PCollection<String> read(Pipeline pipeline, SocketInput options, LineTimes times) {
    return pipeline.apply(
        "Read", Read.from(new SocketLines(options.getHost(), options.getPort(), times)));
  }
}
