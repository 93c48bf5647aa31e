// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The convex hull of points of space with whole coordinates, made by adding one point after the
 * other. Exact for coordinates that differ by less than 2^19.
 */
final class PointHull {
  private List<Facet> facets = new ArrayList<>();

  /** A point, or a direction. */
  record Point(long z, long y, long x) {
    Point minus(Point other) {
      return new Point(z - other.z, y - other.y, x - other.x);
    }

    Point cross(Point other) {
      return new Point(
          y * other.x - x * other.y, x * other.z - z * other.x, z * other.y - y * other.z);
    }

    long dot(Point other) {
      return z * other.z + y * other.y + x * other.x;
    }

    boolean isZero() {
      return z == 0 && y == 0 && x == 0;
    }
  }

  /**
   * A triangle of the surface: all points lie where {@code normal . point <= offset}.
   *
   * @param normal points outwards
   */
  record Facet(Point a, Point b, Point c, Point normal, long offset) {
    static Facet of(Point a, Point b, Point c) {
      Point normal = b.minus(a).cross(c.minus(a));
      return new Facet(a, b, c, normal, normal.dot(a));
    }

    long above(Point point) {
      return normal.dot(point) - offset;
    }

    List<Edge> edges() {
      return List.of(new Edge(a, b), new Edge(b, c), new Edge(c, a));
    }
  }

  private record Edge(Point from, Point to) {
    Edge reversed() {
      return new Edge(to, from);
    }
  }

  private PointHull() {}

  /**
   * @param points not all in one plane
   * @throws IllegalArgumentException if they are
   */
  static PointHull of(List<Point> points) {
    PointHull hull = new PointHull();
    hull.begin(points);
    points.forEach(hull::add);
    return hull;
  }

  /** A tetrahedron of four points, each as far from those before as any. */
  private void begin(List<Point> points) {
    Point a = points.get(0);
    Point b = farthest(points, point -> length(point.minus(a)));
    Point line = b.minus(a);
    Point c = farthest(points, point -> length(line.cross(point.minus(a))));
    Facet base = Facet.of(a, b, c);
    Point d = farthest(points, point -> Math.abs(base.above(point)));
    if (base.above(d) == 0) {
      throw new IllegalArgumentException("Points of one plane have no hull in space: " + points);
    }
    Facet away = base.above(d) < 0 ? base : Facet.of(a, c, b);
    facets.add(away);
    away.edges().forEach(edge -> facets.add(Facet.of(edge.to(), edge.from(), d)));
  }

  private static long length(Point point) {
    return Math.abs(point.z) + Math.abs(point.y) + Math.abs(point.x);
  }

  private static Point farthest(List<Point> points, ToLongFunction<Point> distance) {
    Point best = points.get(0);
    long most = distance.applyAsLong(best);
    for (Point point : points) {
      long next = distance.applyAsLong(point);
      if (next > most) {
        most = next;
        best = point;
      }
    }
    return best;
  }

  private void add(Point point) {
    List<Facet> kept = new ArrayList<>(facets.size());
    Set<Edge> edges = new HashSet<>();
    for (Facet facet : facets) {
      if (facet.above(point) > 0) {
        edges.addAll(facet.edges());
      } else {
        kept.add(facet);
      }
    }
    for (Edge edge : edges) {
      if (!edges.contains(edge.reversed())) {
        kept.add(Facet.of(edge.from(), edge.to(), point));
      }
    }
    facets = kept;
  }

  /** The triangles of the surface; several may lie in one plane. */
  List<Facet> facets() {
    return facets;
  }

  /** The corners, and points on edges between them. */
  Set<Point> corners() {
    Set<Point> corners = new HashSet<>();
    for (Facet facet : facets) {
      corners.add(facet.a());
      corners.add(facet.b());
      corners.add(facet.c());
    }
    return corners;
  }
}
