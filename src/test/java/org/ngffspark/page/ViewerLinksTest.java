// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerLinksTest {
  private static final String PLATE = "/data/plate.zarr";
  private static final String SERVED = "https://example.org/a/plate.zarr";

  private static ViewerLinks links(String base, String... inputs) {
    ObjectNode run = JsonNodeFactory.instance.objectNode();
    List.of(inputs).forEach(run.putArray("inputs")::add);
    return new ViewerLinks(Optional.of(new BaseUrl(base)), run);
  }

  @Test
  void anImageOfAPlateOpensInThreeViewers() throws IOException {
    List<Map<String, Object>> viewers = links(SERVED + "/", PLATE).viewers(PLATE + "/B/03/0");
    assertThat(viewers)
        .extracting(each -> each.get("name"))
        .containsExactly("vizarr", "Avivator", "Neuroglancer");
    assertThat(query(viewers.get(0))).isEqualTo("source=" + SERVED + "/B/03/0");
    assertThat(query(viewers.get(1))).isEqualTo("image_url=" + SERVED + "/B/03/0");
    JsonNode layer = state(viewers.get(2)).path("layers").path(0);
    assertThat(layer.path("source").asText()).isEqualTo("zarr://" + SERVED + "/B/03/0");
    assertThat(layer.path("type").asText()).isEqualTo("image");
  }

  private static String query(Map<String, Object> link) {
    return URI.create(link.get("url").toString()).getQuery();
  }

  private static JsonNode state(Map<String, Object> neuroglancer) throws IOException {
    String fragment = URI.create(neuroglancer.get("url").toString()).getRawFragment();
    assertThat(fragment).startsWith("!");
    return new ObjectMapper()
        .readTree(URLDecoder.decode(fragment.substring(1), StandardCharsets.UTF_8));
  }

  @Test
  void aPlateOpensInVizarr() {
    assertThat(query(links(SERVED, PLATE).plateViewers(PLATE).get(0)))
        .isEqualTo("source=" + SERVED);
    assertThat(links(SERVED, PLATE + "/B/03").plateViewers(PLATE)).isEmpty();
  }

  @Test
  void anImageByItselfIsTheBaseAndItsResultLiesBesideIt() {
    ViewerLinks links = links(SERVED + "/B/03/0", PLATE + "/B/03/0");
    assertThat(links.url(PLATE + "/B/03/0")).contains(SERVED + "/B/03/0");
    assertThat(links.url(PLATE + "/B/03/0_Half")).contains(SERVED + "/B/03/0_Half");
    assertThat(links("https://example.org/x", PLATE).url("/data/other.zarr")).isEmpty();
    assertThat(links.url("/elsewhere/0")).isEmpty();
  }

  @Test
  void severalInputsLieInTheFolderThatIsServed() {
    ViewerLinks links = links("http://host:8000", "/data/one.zarr", "/other/two.zarr");
    assertThat(links.url("/data/one.zarr/B/03/0")).contains("http://host:8000/one.zarr/B/03/0");
    assertThat(links.url("/other/two.zarr")).contains("http://host:8000/two.zarr");
    assertThat(links.url("/data/one.zarr2")).contains("http://host:8000/one.zarr2");
  }

  @Test
  void namesAreEncoded() throws IOException {
    List<Map<String, Object>> viewers =
        links(SERVED, PLATE).viewers(PLATE + "/B/03/a b#\"<script>");
    String url = SERVED + "/B/03/a%20b%23%22%3Cscript%3E";
    assertThat(viewers.get(0).get("url").toString())
        .endsWith("/B/03/a%20b%23%22%3Cscript%3E".replace("%", "%25").replace("/", "%2F"));
    assertThat(state(viewers.get(2)).path("layers").path(0).path("source").asText())
        .isEqualTo("zarr://" + url);
    assertThat(ViewerLinks.local("/data/a b")).contains("file:///data/a%20b");
  }

  @Test
  void imagesOfN5OpenInNeuroglancerAlone() throws IOException {
    List<Map<String, Object>> viewers =
        links("https://example.org/a.n5", "/data/a.n5").viewers("/data/a.n5/raw");
    assertThat(viewers).hasSize(1);
    assertThat(state(viewers.get(0)).path("layers").path(0).path("source").asText())
        .isEqualTo("n5://https://example.org/a.n5/raw");
  }

  @Test
  void whatIsReadFromAServerNeedsNoBase() {
    ViewerLinks links = new ViewerLinks(Optional.empty(), JsonNodeFactory.instance.objectNode());
    assertThat(links.viewers(SERVED + "/B/03/0")).hasSize(3);
    assertThat(links.viewers(PLATE + "/B/03/0")).isEmpty();
    assertThat(links.address("s3a://bucket/plate.zarr")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plate.zarr", "ftp://host/plate", "https://", "https://host/?a=b", ""})
  void aBaseIsAUrlOfHttp(String text) {
    assertThatThrownBy(() -> new BaseUrl(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("https://example.org/plate.zarr");
  }
}
