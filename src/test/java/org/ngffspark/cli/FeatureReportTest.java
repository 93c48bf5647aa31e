// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.DoubleColumn;

/** Pages of runs that know something of each object. */
class FeatureReportTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern FIGURE =
      Pattern.compile(
          "aria-label=\"Object (\\d+), object\"><image href=\"data:image/png;base64,([^\"]+)\""
              + ".*?<bdi title=\"([^\"]+)\"",
          Pattern.DOTALL);

  @TempDir static Path folder;
  private static Path plate;

  @BeforeAll
  static void aPlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
  }

  private static JsonNode page(String command, String... options) throws IOException {
    Path report = folder.resolve("report-" + command);
    CommandRun run =
        SPARK.run(
            Stream.concat(
                    Stream.of(command, plate.toString(), "--report=" + report),
                    Arrays.stream(options))
                .toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    String html = Files.readString(report.resolve("report.html"));
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(start) + start.length();
    return MAPPER.readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Test
  void aPageOfMeasuredObjectsHasTheMeansOfTheTable() throws IOException {
    JsonNode data = page("measure", "--label=nuclei");
    DoubleColumn area =
        (DoubleColumn)
            Container.open(plate.resolve("B/03/0").toString())
                .tables()
                .featureTable("nuclei_features")
                .table()
                .column("area");
    double mean = Arrays.stream(area.toArray()).average().orElseThrow();
    int column = texts(data.path("quantities")).indexOf("mean area");
    JsonNode image = data.path("images").get(0);
    assertThat(image.path("values").path(column).asDouble()).isCloseTo(mean, within(1e-5 * mean));
    assertThat(image.path("weights").path(column).asLong()).isEqualTo(area.size());
    assertThat(texts(data.path("features")))
        .contains("area", "eccentricity", "intensity_mean-DAPI");
    assertThat(data.path("objects")).isNotEmpty();
    assertThat(data.path("histograms").path("DAPI")).isNotEmpty();
    assertThat(Files.readString(folder.resolve("report-measure/report.html")))
        .contains("Random objects", "Least area of all objects", "Greatest area of all objects");
  }

  @Test
  void aPageOfBoxesHasTheirLengths() throws IOException {
    JsonNode data = page("rois", "--label=nuclei", "--table=boxes");
    assertThat(texts(data.path("features"))).contains("height of the box", "width of the box");
    assertThat(data.path("objects").path(0).path("values").path(0).asDouble()).isPositive();
    assertThat(Files.readString(folder.resolve("report-rois/report.html")))
        .contains("Random objects", ", mask\"")
        .doesNotContain("of all objects");
  }

  @Test
  void aPageOfNewObjectsHasTheLengthsOfTheirBoxes() throws IOException {
    JsonNode data = page("segment", "--channel=DAPI", "--method=otsu", "--to=found");
    assertThat(texts(data.path("quantities"))).contains("mean height of the box");
    assertThat(data.path("objects")).isNotEmpty();
    assertThat(data.path("histograms").path("DAPI")).isNotEmpty();
    assertThat(Files.readString(folder.resolve("report-segment/report.html")))
        .contains("Random objects", ", object\"", "<bdi>DAPI</bdi> black")
        .doesNotContain("of all objects");
  }

  /** Their pixels are those of the files, at the contrast that the page states. */
  @Test
  void thePicturesOfAPageAreTheCrops() throws IOException {
    JsonNode data = page("crops", "--label=nuclei", "--channel=DAPI", "--to=" + folder + "/npy");
    int column = texts(data.path("quantities")).indexOf("mean size in pixels");
    JsonNode first = data.path("images").get(0);
    assertThat(first.path("values").path(column).asDouble()).isPositive();
    assertThat(first.path("weights").path(column)).isEqualTo(first.path("values").path(0));
    String html = Files.readString(folder.resolve("report-crops/report.html"));
    Matcher limits = Pattern.compile("<bdi>DAPI</bdi> black (\\S+), white (\\S+);").matcher(html);
    assertThat(limits.find()).isTrue();
    Path png = folder.resolve("png");
    CommandRun drawn =
        SPARK.run(
            "crops",
            plate.toString(),
            "--label=nuclei",
            "--channel=DAPI",
            "--format=png",
            "--scale=1",
            "--contrast=" + limits.group(1) + "," + limits.group(2),
            "--to=" + png);
    assertThat(drawn.code()).as(drawn.err()).isZero();
    Matcher figures = FIGURE.matcher(html);
    int compared = 0;
    while (figures.find()) {
      Path image = plate.relativize(Path.of(figures.group(3)));
      Path crop = png.resolve(image).resolve(figures.group(1) + ".png");
      assertThat(pixels(Base64.getDecoder().decode(figures.group(2).replace("&#x3D;", "="))))
          .as(crop.toString())
          .isEqualTo(pixels(Files.readAllBytes(crop)));
      compared++;
    }
    assertThat(compared).isGreaterThan(24);
  }

  private static List<Integer> pixels(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    List<Integer> pixels = new ArrayList<>(List.of(image.getWidth(), image.getHeight()));
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        pixels.add(image.getRGB(x, y));
      }
    }
    return pixels;
  }
}
