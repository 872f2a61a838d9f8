package dev.sluice.examples;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Adds up how long the users of each region read: page views are joined with the table of users.
 *
 * <p>The table is small, so that every worker can have all of it: it is a side input, a map, and
 * the views need not be grouped by user.
 */
public final class UserRegions {
  private static final String USERS_HEADER = "user,region";
  private static final String VIEWS_HEADER = "time,user,page,seconds";
  private static final String UNKNOWN = "unknown";

  private UserRegions() {}

  /** What the command takes. */
  public interface Options extends PipelineOptions {

    @Description(
        "The page views, a file or a pattern; CSV with the columns time,user,page,seconds.")
    @Default.String("examples/data/page-views.csv")
    String getViews();

    void setViews(String pattern);

    @Description(
        "The users, a file or a pattern; CSV with the columns user,region, each user once.")
    @Default.String("examples/data/users.csv")
    String getUsers();

    void setUsers(String pattern);

    @Description("The file for the totals, CSV with the columns region,seconds.")
    @Default.String("examples/target/regions/totals.csv")
    String getTotals();

    void setTotals(String file);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit(
        "UserRegions",
        () -> {
          Options options = run(args);
          System.out.println("Seconds of reading for each region: " + options.getTotals());
        });
  }

  static Options run(String[] args) {
    Options options = Arguments.parse(args, Options.class);
    Pipeline pipeline = Pipeline.create(options);
    Arguments.checkInput("--views", options.getViews());
    Arguments.checkInput("--users", options.getUsers());

    PCollectionView<Map<String, String>> regions =
        pipeline
            .apply("ReadUsers", TextIO.read().from(options.getUsers()))
            .apply("DropUsersHeader", Filter.by(line -> !line.equals(USERS_HEADER)))
            .apply("ParseUsers", ParDo.of(new ParseUser()))
            .apply("AsMap", View.asMap());

    PCollection<KV<String, Long>> secondsOfUsers =
        pipeline
            .apply("ReadViews", TextIO.read().from(options.getViews()))
            .apply("DropViewsHeader", Filter.by(line -> !line.equals(VIEWS_HEADER)))
            .apply("ParseViews", ParDo.of(new ParseView()));

    secondsOfUsers
        .apply("FindRegion", ParDo.of(new FindRegion()).withSideInput("regions", regions))
        .apply("AddUp", Sum.longsPerKey())
        .apply(
            "Format",
            MapElements.into(TypeDescriptors.strings())
                .via(total -> total.getKey() + "," + total.getValue()))
        .apply(
            "Write",
            TextIO.write().to(options.getTotals()).withoutSharding().withHeader("region,seconds"));
    pipeline.run().waitUntilFinish();
    return options;
  }

  /** Replaces the user by the user's region. */
  static final class FindRegion extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Long> seconds,
        @SideInput("regions") Map<String, String> regions,
        OutputReceiver<KV<String, Long>> out) {
      String region = regions.getOrDefault(seconds.getKey(), UNKNOWN);
      out.output(KV.of(region, seconds.getValue()));
    }
  }

  /** Takes user and region from a line of the table. */
  static final class ParseUser extends DoFn<String, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String line, OutputReceiver<KV<String, String>> out) {
      String[] fields = fields(line, USERS_HEADER);
      out.output(KV.of(fields[0], fields[1]));
    }
  }

  /** Takes user and seconds from a view. */
  static final class ParseView extends DoFn<String, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String line, OutputReceiver<KV<String, Long>> out) {
      String[] fields = fields(line, VIEWS_HEADER);
      out.output(KV.of(fields[1], Long.valueOf(fields[3])));
    }
  }

  private static String[] fields(String line, String header) {
    String[] fields = line.split(",", -1);
    int expected = header.split(",", -1).length;
    if (fields.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              "a line has %d fields, but the columns are %s: correct the file",
              fields.length, header));
    }
    return fields;
  }
}
