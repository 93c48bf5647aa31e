// SPDX-License-Identifier: Apache-2.0
package org.ngffspark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The floors of the house, and the rules for sources that a compiler does not hold. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchitectureTest {
  /** From the ground up: a package may use those before it, and never those after it. */
  private static final List<String> FLOORS =
      List.of(
          "zarr",
          "hadoop",
          "resample",
          "roi",
          "n5",
          "ngff",
          "table",
          "image",
          "transform",
          "imagej",
          "measure",
          "segment",
          "python",
          "plan",
          "samples",
          "commit",
          "history",
          "chunks",
          "job",
          "tables",
          "remove",
          "pyramid",
          "apply",
          "project",
          "convert",
          "crops",
          "boxes",
          "features",
          "labels",
          "inputs",
          "spark",
          "sql",
          "report",
          "page",
          "demo",
          "cli");

  private static final int LONGEST_FILE = 400;

  private final JavaClasses main =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.ngffspark");

  @Test
  void importsPointDownwards() {
    for (int floor = 0; floor < FLOORS.size() - 1; floor++) {
      noClasses()
          .that()
          .resideInAPackage(packages(FLOORS.get(floor)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              FLOORS.subList(floor + 1, FLOORS.size()).stream()
                  .map(ArchitectureTest::packages)
                  .toArray(String[]::new))
          .allowEmptyShould(true)
          .check(main);
    }
  }

  @Test
  void everyClassStandsOnAFloor() {
    noClasses()
        .should()
        .resideOutsideOfPackages(
            FLOORS.stream().map(ArchitectureTest::packages).toArray(String[]::new))
        .check(main);
  }

  @Test
  void contributorsReadOfTheSameFloors() {
    List<String> told =
        text(Path.of("CONTRIBUTING.md"))
            .lines()
            .filter(line -> line.matches(" {4}[a-z0-9]+ {2,}\\S.*"))
            .map(line -> line.strip().split(" ")[0])
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.reverse(told);
    List<String> there =
        FLOORS.stream()
            .filter(floor -> Files.isDirectory(Path.of("src/main/java/org/ngffspark", floor)))
            .toList();
    assertThat(told).isEqualTo(there);
  }

  @Test
  void thePageOfTheArchitectureNamesWhatIsThere() {
    Matcher named =
        Pattern.compile("\\b([A-Z]\\w+)\\.((?!md\\b)[a-z]\\w+)")
            .matcher(text(Path.of("docs/architecture.md")));
    while (named.find()) {
      String type = named.group(1);
      String method = named.group(2);
      assertThat(main)
          .as(named.group())
          .anyMatch(
              each ->
                  each.getSimpleName().equals(type)
                      && each.getAllMethods().stream()
                          .anyMatch(other -> other.getName().equals(method)));
    }
  }

  @Test
  void theDemoIsUsedByCommandsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("demo"), packages("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages("demo"))
        .check(main);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.ngffspark.(**)").should().beFreeOfCycles().check(main);
  }

  @Test
  void shapesAndStoresKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage(packages("zarr.nd"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages("zarr.store"))
        .check(main);
    noClasses()
        .that()
        .resideInAPackage(packages("zarr.store"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages("zarr.nd"))
        .check(main);
  }

  @Test
  void sparkIsImportedOnItsOwnFloorOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("spark"), packages("sql"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..")
        .check(main);
  }

  @Test
  void theCommandLineLibraryIsImportedByCommandsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(main);
  }

  @Test
  void nothingMissingIsANull() {
    assertThat(sources("src/main/java"))
        .allSatisfy(
            file -> assertThat(text(file)).as(file.toString()).doesNotContain("return null;"));
  }

  @Test
  void filesStayShort() {
    assertThat(Stream.of("src/main/java", "src/test/java").flatMap(root -> sources(root).stream()))
        .allSatisfy(
            file ->
                assertThat(text(file).lines().count())
                    .as(file.toString())
                    .isLessThanOrEqualTo(LONGEST_FILE));
  }

  private static String packages(String name) {
    return "org.ngffspark." + name + "..";
  }

  private static List<Path> sources(String root) {
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
