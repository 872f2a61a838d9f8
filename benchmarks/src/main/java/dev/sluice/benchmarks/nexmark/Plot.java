package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The warm rates as a picture (SVG): a row for each query, a dot for each runner, on a logarithmic
 * scale. Its colours follow the reader's scheme, light or dark, and so does its background.
 */
final class Plot {
  private static final int LEFT = 170;
  private static final int WIDTH = 560;
  private static final int RIGHT = 30;
  private static final int ROW = 20;
  private static final int HEAD = 46;
  private static final int FOOT = 40;
  private static final int DOT = 5;

  private static final String STYLE =
      """
      <style>
        .paper { fill: #fff }
        text { font: 12px sans-serif; fill: #333 }
        .end { text-anchor: end }
        .middle { text-anchor: middle }
        .title { font-weight: bold }
        .grid { stroke: #999; stroke-opacity: .35 }
        .sluice { fill: #0072b2 }
        .flink { fill: #d55e00 }
        .spark { fill: #009e73 }
        .direct { fill: #888 }
        @media (prefers-color-scheme: dark) {
          .paper { fill: #1c2128 }
          text { fill: #ddd }
          .sluice { fill: #56b4e9 }
          .flink { fill: #e69f00 }
        }
      </style>
      """;

  private final Measurements measured;
  private final Settings.Scope scope;
  private final Scale scale;
  private final StringBuilder svg = new StringBuilder();

  private Plot(Measurements measured, Settings.Scope scope, Scale scale) {
    this.measured = measured;
    this.scope = scope;
    this.scale = scale;
  }

  /** Powers of ten between which all rates lie. */
  private record Scale(int from, int to) {
    static Scale around(List<Double> rates) {
      double least = rates.stream().mapToDouble(Double::doubleValue).min().orElse(1);
      double most = rates.stream().mapToDouble(Double::doubleValue).max().orElse(10);
      int from = (int) Math.floor(Math.log10(least));
      return new Scale(from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))));
    }

    double x(double rate) {
      return LEFT + WIDTH * (Math.log10(rate) - from) / (to - from);
    }
  }

  /** The picture as a file's content. */
  static String of(Measurements measured, Settings.Scope scope) {
    List<Double> rates = new ArrayList<>();
    measured.cases().values().forEach(samples -> samples.warm().ifPresent(rates::add));
    return new Plot(measured, scope, Scale.around(rates)).draw();
  }

  private String draw() {
    int height = scope.modes().stream().mapToInt(this::height).sum();
    int width = LEFT + WIDTH + RIGHT;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" role=\"img\" aria-label=\"Nexmark, events a second\">",
        width, height, width, height);
    svg.append(STYLE);
    add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", width, height);
    int top = 0;
    for (Mode mode : scope.modes()) {
      panel(mode, top);
      top += height(mode);
    }
    add("</svg>");
    return svg.toString();
  }

  private void panel(Mode mode, int top) {
    add("<text class=\"title\" x=\"8\" y=\"%d\">%s</text>", top + 18, mode.label());
    int bottom = top + height(mode) - FOOT;
    for (int power = scale.from(); power <= scale.to(); power++) {
      double rate = Math.pow(10, power);
      double x = scale.x(rate);
      add(
          "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
          x, x, top + HEAD - ROW / 2, bottom);
      add(
          "<text class=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
          x, bottom + 15, String.format(Locale.ROOT, rate < 1 ? "%.2f" : "%,.0f", rate));
    }
    add(
        "<text class=\"middle\" x=\"%d\" y=\"%d\">thousand events a second</text>",
        LEFT + WIDTH / 2, bottom + 31);
    legend(mode, top + 18);
    int y = top + HEAD;
    for (Query query : scope.queriesIn(mode)) {
      row(query, mode, y);
      y += ROW;
    }
  }

  private void legend(Mode mode, int y) {
    int x = LEFT;
    for (Runner runner : scope.runnersIn(mode)) {
      dot(runner, x, y - 4);
      add("<text x=\"%d\" y=\"%d\">%s</text>", x + 10, y, runner.title());
      x += 110;
    }
  }

  private void row(Query query, Mode mode, int y) {
    add("<text class=\"end\" x=\"%d\" y=\"%d\">%s</text>", LEFT - 12, y + 4, query.label());
    add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", LEFT, LEFT + WIDTH, y, y);
    for (Runner runner : scope.runnersIn(mode)) {
      OptionalDouble rate = measured.warm(query, mode, runner);
      if (rate.isPresent()) {
        dot(runner, scale.x(rate.getAsDouble()), y);
      }
    }
  }

  private void dot(Runner runner, double x, int y) {
    add(
        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"%d\"><title>%s</title></circle>",
        runner.label(), x, y, DOT, runner.title());
  }

  private int height(Mode mode) {
    return HEAD + ROW * scope.queriesIn(mode).size() + FOOT;
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
