// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import java.util.Map;
import java.util.TreeMap;

/**
 * The commands of ImageJ's menus that a macro may run: those that change pixels or the selection of
 * one image and do nothing else. Names and classes are those of {@code IJ_Props.txt} in ImageJ.
 */
final class MacroCommands {
  private static final String FILTER = "ij.plugin.filter.";

  private MacroCommands() {}

  /** Class and argument by the name of the command, as ImageJ's table of commands has them. */
  static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    all.put("Subtract Background...", FILTER + "BackgroundSubtracter");
    all.put("Gaussian Blur...", FILTER + "GaussianBlur");
    all.put("Unsharp Mask...", FILTER + "UnsharpMask");
    all.put("Bandpass Filter...", FILTER + "FFTFilter");
    all.put("Enhance Contrast...", "ij.plugin.ContrastEnhancer");
    put(all, FILTER + "Filters", Map.of("Smooth", "smooth", "Sharpen", "sharpen"));
    put(all, FILTER + "Filters", Map.of("Find Edges", "edge", "Invert", "invert"));
    put(all, FILTER + "Filler", Map.of("Fill", "fill", "Clear", "clear"));
    put(all, FILTER + "Filler", Map.of("Clear Outside", "outside"));
    put(all, FILTER + "RankFilters", Map.of("Median...", "median", "Mean...", "mean"));
    put(all, FILTER + "RankFilters", Map.of("Minimum...", "min", "Maximum...", "max"));
    put(all, FILTER + "RankFilters", Map.of("Variance...", "variance", "Top Hat...", "tophat"));
    put(all, FILTER + "RankFilters", Map.of("Despeckle", "despeckle", "Remove NaNs...", "nan"));
    put(all, FILTER + "RankFilters", Map.of("Remove Outliers...", "outliers"));
    put(all, FILTER + "ImageMath", Map.of("Add...", "add", "Subtract...", "sub"));
    put(all, FILTER + "ImageMath", Map.of("Multiply...", "mul", "Divide...", "div"));
    put(all, FILTER + "ImageMath", Map.of("AND...", "and", "OR...", "or", "XOR...", "xor"));
    put(all, FILTER + "ImageMath", Map.of("Min...", "min", "Max...", "max", "Set...", "set"));
    put(all, FILTER + "ImageMath", Map.of("Gamma...", "gamma", "Log", "log", "Exp", "exp"));
    put(all, FILTER + "ImageMath", Map.of("Square", "sqr", "Square Root", "sqrt", "Abs", "abs"));
    put(all, FILTER + "ImageMath", Map.of("Reciprocal", "reciprocal"));
    put(all, FILTER + "Transformer", Map.of("Flip Horizontally", "fliph"));
    put(all, FILTER + "Transformer", Map.of("Flip Vertically", "flipv"));
    put(all, "ij.plugin.Selection", Map.of("Select All", "all", "Select None", "none"));
    put(all, "ij.plugin.Selection", Map.of("Convex Hull", "hull", "Make Inverse", "inverse"));
    put(all, "ij.plugin.Selection", Map.of("Fit Ellipse", "ellipse", "To Bounding Box", "tobox"));
    put(all, "ij.plugin.Converter", Map.of("8-bit", "8-bit", "16-bit", "16-bit"));
    put(all, "ij.plugin.Converter", Map.of("32-bit", "32-bit"));
    return all;
  }

  private static void put(Map<String, String> all, String plugin, Map<String, String> arguments) {
    arguments.forEach((command, argument) -> all.put(command, plugin + "(\"" + argument + "\")"));
  }
}
