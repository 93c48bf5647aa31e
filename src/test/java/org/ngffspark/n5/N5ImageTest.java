// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateImage;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Images by the conventions of N5 viewer, BigDataViewer, COSEM and OME-NGFF. */
class N5ImageTest {
  private final StorePath root = StorePath.root(new MemoryStore());

  @Test
  void levelsOfN5ViewerHaveFactorsAndPixelSizeFromXOn() {
    level("c0/s0", Shape.of(4, 10, 12), "{}");
    level("c0/s1", Shape.of(4, 5, 6), "{}");
    group(
        "c0",
        "{'scales':[[1,1,1],[2,2,1]],"
            + "'pixelResolution':{'unit':'um','dimensions':[0.1,0.2,0.5]},'mine':7}");
    Container container = Container.open(root.child("c0"));
    assertThat(container.levels()).isEqualTo(2);
    Image coarse = container.image(1);
    assertThat(coarse.axes().names()).containsExactly("z", "y", "x");
    assertThat(coarse.axes().get(0).unit()).contains("micrometer");
    assertThat(sizes(coarse)).containsExactly(0.5, 0.4, 0.2);
    assertThat(coarse.shape()).isEqualTo(Shape.of(4, 5, 6));
    assertThat(container.metadata().json().get("mine").intValue()).isEqualTo(7);
  }

  @Test
  void levelsMayTellTheirFactorsThemselvesInAFolderWithoutAttributes() {
    level("s0", Shape.of(4, 10, 12), "{'pixelResolution':[0.1,0.2,0.5]}");
    level("s1", Shape.of(2, 5, 6), "{'downsamplingFactors':[2,2,2]}");
    Container container = Container.open(root);
    assertThat(sizes(container.image(0))).containsExactly(0.5, 0.2, 0.1);
    assertThat(sizes(container.image(1))).containsExactly(1.0, 0.4, 0.2);
    assertThat(container.image().axes().get(0)).isEqualTo(Axis.of("z", "micrometer"));
  }

  @Test
  void timePointsOfBigDataViewerHaveTheFactorsOfTheirSetup() {
    group("setup0", "{'downsamplingFactors':[[1,1,1],[4,4,2]],'dataType':'uint16'}");
    group("setup0/timepoint0", "{'resolution':[0.3,0.3,2],'multiScale':true}");
    level("setup0/timepoint0/s0", Shape.of(4, 16, 16), "{}");
    level("setup0/timepoint0/s1", Shape.of(2, 4, 4), "{}");
    Container container = Container.open(root.child("setup0/timepoint0"));
    assertThat(sizes(container.image(1))).containsExactly(4.0, 1.2, 1.2);
  }

  @Test
  void withoutAnyFactorLevelsAreAsMuchLargerAsTheyAreShorter() {
    level("s0", Shape.of(3, 11, 13), "{}");
    level("s1", Shape.of(3, 5, 6), "{}");
    assertThat(sizes(Container.open(root).image(1))).containsExactly(1.0, 2.0, 2.0);
  }

  @Test
  void transformsOfCosemAreReadByTheirAxes() {
    level("em/s0", Shape.of(4, 10, 12), "{}");
    group(
        "em",
        "{'multiscales':[{'name':'em','datasets':[{'path':'s0','transform':{'axes':['z','y','x'],"
            + "'scale':[3.5,4,5],'translate':[7,8,9],'units':['nm','nm','nm']}}]}]}");
    Container container = Container.open(root.child("em"));
    assertThat(sizes(container.image())).containsExactly(3.5, 4.0, 5.0);
    assertThat(container.metadata().datasets().get(0).translation()).containsExactly(7.0, 8.0, 9.0);
    assertThat(container.image().axes().get(2).unit()).contains("nanometer");
    assertThat(container.metadata().name()).contains("em");
  }

  @Test
  void transformsInTheOrderOfN5AreTurned() {
    level(
        "em/s0",
        Shape.of(4, 10, 12),
        "{'transform':{'axes':['x','y','z'],'scale':[5,4,3.5],'units':['nm','nm','nm']}}");
    group("em", "{'multiscales':[{'datasets':[{'path':'s0'}]}]}");
    assertThat(sizes(Container.open(root.child("em")).image())).containsExactly(3.5, 4.0, 5.0);
  }

  @Test
  void whatIsWrittenIsReadByEachConvention() {
    level("s0", Shape.of(4, 10, 12), "{}");
    level("s1", Shape.of(4, 5, 6), "{}");
    group("", "{'scales':[[1,1,1],[2,2,1]],'pixelResolution':{'unit':'um','dimensions':[1,2,3]}}");
    Container copy = Container.open(root).deriveImage(root.child("copy"));
    ObjectNode written = Group.open(root.child("copy")).orElseThrow().attributes();
    assertThat(sizes(copy.image(1))).containsExactly(3.0, 4.0, 2.0);
    assertThat(written.get("scales").toString()).isEqualTo("[[1.0,1.0,1.0],[2.0,2.0,1.0]]");
    assertThat(written.get("pixelResolution").toString())
        .isEqualTo("{\"unit\":\"um\",\"dimensions\":[1.0,2.0,3.0]}");
    assertThat(written.at("/multiscales/0/datasets/1/transform").toString())
        .isEqualTo(
            "{\"ordering\":\"C\",\"axes\":[\"z\",\"y\",\"x\"],\"units\":[\"um\",\"um\",\"um\"],"
                + "\"scale\":[3.0,4.0,2.0],\"translate\":[0.0,0.0,0.0]}");
    ObjectNode viewer = written.deepCopy();
    viewer.remove("multiscales");
    group("copy", viewer.toString());
    assertThat(sizes(Container.open(root.child("copy")).image(1))).containsExactly(3.0, 4.0, 2.0);
  }

  @Test
  void newLevelsAreNamedAndListedAsTheOthers() {
    level("s0", Shape.of(2, 16, 16), "{}");
    Container container = Container.open(root);
    container.image().pyramid().withLevels(3);
    assertThat(Container.open(root).metadata().datasets())
        .extracting(dataset -> dataset.path())
        .containsExactly("s0", "s1", "s2");
    assertThat(ZarrArray.open(root.child("s2")).shape()).isEqualTo(Shape.of(2, 4, 4));
    assertThat(Group.open(root).orElseThrow().attributes().get("scales")).hasSize(3);
  }

  @Test
  void labelImagesAreFoundByNameListedOrNot() {
    level("s0", Shape.of(4, 10, 12), "{}");
    level("labels/theirs/s0", Shape.of(4, 10, 12), "{}");
    Container container = Container.open(root);
    assertThat(container.labels()).containsExactly("theirs");
    assertThat(container.label("theirs").shape()).isEqualTo(Shape.of(4, 10, 12));
    container.deriveLabel("ours");
    assertThat(Container.open(root).labels()).containsExactly("theirs", "ours");
    assertThat(Container.open(root).label("ours").type()).isEqualTo(DataType.UINT32);
    assertThatThrownBy(() -> container.label("none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No label 'none'");
  }

  @Test
  void whatIsNoImageSaysWhatItIs() {
    group("g", "{'x':1}");
    level("s0", Shape.of(4, 10, 12), "{}");
    assertThatThrownBy(() -> Container.open(root.child("g")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("it is a group of N5 without levels");
    assertThatThrownBy(() -> Container.open(root.child("s0")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(
            "it is a data set of N5 that does not tell its axes; give --axes, from the slowest");
  }

  @Test
  void axesAreThoseThatAreTold() {
    level("s0", Shape.of(4, 10, 12), "{'axes':['x','y','c']}");
    assertThat(Container.open(root).image().axes().names()).containsExactly("c", "y", "x");
    level("s0", Shape.of(4, 10, 12), "{'axes':['x','y']}");
    assertThatThrownBy(() -> Container.open(root))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("axes must name each of 3 axes");
  }

  @Test
  void aDataSetThatTellsItsAxesIsAnImageWithOneLevel() {
    level(
        "viewer",
        Shape.of(4, 10, 12),
        "{'axes':['x','y','z'],'pixelResolution':{'unit':'nm','dimensions':[5,4,3.5]},'mine':7}");
    Container container = Container.open(root.child("viewer"));
    assertThat(container.levels()).isEqualTo(1);
    assertThat(container.image().shape()).isEqualTo(Shape.of(4, 10, 12));
    assertThat(sizes(container.image())).containsExactly(3.5, 4.0, 5.0);
    assertThat(container.image().axes().get(2).unit()).contains("nanometer");
    level(
        "tensorstore",
        Shape.of(2, 10, 12),
        "{'axes':['x','y','c'],'units':['um','um',''],'resolution':[0.5,0.25,null]}");
    Image image = Container.open(root.child("tensorstore")).image();
    assertThat(image.axes().names()).containsExactly("c", "y", "x");
    assertThat(sizes(image)).containsExactly(1.0, 0.25, 0.5);
    level(
        "cosem",
        Shape.of(10, 12),
        "{'transform':{'axes':['y','x'],'scale':[3,4],'translate':[1,2],'units':['nm','nm']}}");
    assertThat(Container.open(root.child("cosem")).metadata().datasets().get(0).translation())
        .containsExactly(1.0, 2.0);
  }

  @Test
  void whatIsSaidOfADataSetCountsWhereItTellsNothing() {
    level("raw", Shape.of(2, 10, 12), "{'mine':7}");
    level("raw/labels/nuclei", Shape.of(10, 12), "{}");
    StorePath raw = DataSetDescription.parse("c,y,x", "0.5").of(root.child("raw"));
    Container described = Container.open(raw);
    assertThat(described.image().axes().names()).containsExactly("c", "y", "x");
    assertThat(sizes(described.image())).containsExactly(1.0, 0.5, 0.5);
    assertThat(described.label("nuclei").grid().pixelSize(0)).isEqualTo(0.5);
    assertThatThrownBy(() -> DataSetDescription.parse("x,y", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DataSetDescription.parse("", "t=3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z, y and x, got t=3.0");
    assertThatThrownBy(() -> DataSetDescription.parse("", "y=3,0.5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 'y=3,0.5'");
  }

  @Test
  void anImageLikeADataSetIsADataSet() {
    level("raw", Shape.of(4, 10, 12), "{'mine':7}");
    StorePath raw = DataSetDescription.parse("z,y,x", "z=2,y=0.5,x=0.25").of(root.child("raw"));
    Container.open(raw).deriveImage(root.child("copy"));
    ObjectNode written = Json.read(root.child("copy/attributes.json")).orElseThrow();
    assertThat(written.get("dimensions").toString()).isEqualTo("[12,10,4]");
    assertThat(written.get("axes").toString()).isEqualTo("[\"x\",\"y\",\"z\"]");
    assertThat(written.get("pixelResolution").toString())
        .isEqualTo("{\"unit\":\"um\",\"dimensions\":[0.25,0.5,2.0]}");
    assertThat(written.has("multiscales")).isFalse();
    assertThat(written.get("mine").intValue()).isEqualTo(7);
    Container copy = Container.open(root.child("copy"));
    assertThat(sizes(copy.image())).containsExactly(2.0, 0.5, 0.25);
    assertThatThrownBy(() -> copy.image().pyramid().withLevels(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a data set of N5, which has one level");
    assertThatThrownBy(() -> copy.deriveImage(root.child("raw")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void platesAndWellsAreToldAsInNgff() {
    group(
        "",
        "{'plate':{'version':'0.4','rows':[{'name':'B'}],'columns':[{'name':'03'}],"
            + "'wells':[{'path':'B/03','rowIndex':0,'columnIndex':0}]}}");
    group("B/03", "{'well':{'version':'0.4','images':[{'path':'0'}]}}");
    level("B/03/0/s0", Shape.of(4, 10, 12), "{}");
    assertThat(Plate.open(root).images(PlateSelection.ALL))
        .extracting(PlateImage::name)
        .containsExactly("B/03/0");
  }

  private static double[] sizes(Image image) {
    double[] sizes = new double[image.axes().rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      AxisName name = image.axes().name(axis);
      sizes[axis] = image.pixelSize().get(name);
    }
    return sizes;
  }

  private void level(String path, Shape shape, String attributes) {
    ArrayMetadata metadata =
        ArrayMetadata.defaults(
            ZarrFormat.N5,
            shape,
            shape.rank() == 2 ? Shape.of(8, 8) : Shape.of(2, 8, 8),
            DataType.UINT16,
            List.of());
    ZarrArray.create(root.child(path), metadata, json(attributes));
  }

  private void group(String path, String attributes) {
    StorePath group = path.isEmpty() ? root : root.child(path);
    Json.write(group.child("attributes.json"), json(attributes));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
