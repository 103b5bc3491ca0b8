// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

/// Times against errors as an SVG picture: a panel for each activation, a mark for each library.
namespace bench {

struct mark {
  std::size_t library;
  double ns;
  double ulp;
};
struct panel {
  std::string name;
  std::vector<mark> marks;
};

class picture {
 public:
  picture(std::string title, std::vector<std::string> libraries, std::vector<panel> panels)
      : title_(std::move(title)), libraries_(std::move(libraries)), panels_(std::move(panels)) {
    for (const panel& each : panels_) {
      for (const mark& m : each.marks) {
        first_decade_ = std::min(first_decade_, std::floor(std::log10(m.ns)));
        last_decade_ = std::max(last_decade_, std::ceil(std::log10(m.ns)));
      }
    }
  }

  std::string svg() {
    const std::size_t rows = (panels_.size() + across - 1) / across;
    const double height = top + static_cast<double>(rows) * panel_height;
    text_ = format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" ",
                   across * panel_width + 10, height);
    text_ += "font-family=\"sans-serif\" font-size=\"10\">\n" + std::string(style);
    write(10, 18, "title", title_);
    write(10, 34, "",
          "Across: nanoseconds an element. Up: largest error in ULP; dashed: 8. "
          "Better is left and low.");
    draw_legend();
    for (std::size_t i = 0; i < panels_.size(); ++i) draw_panel(i);
    return text_ + "</svg>\n";
  }

 private:
  static constexpr std::size_t across = 4;
  static constexpr double panel_width = 225, panel_height = 150, top = 84;
  static constexpr double left = 40, plot_width = 175, plot_height = 104;
  static constexpr double least_error = 0.4, most_error = 1e4, beyond = 1e5;
  static constexpr const char* style =
      "<style>\n"
      "text { fill: #1f2328; } .grid { stroke: #d0d7de; } .frame { stroke: #8c959f; }\n"
      ".fusor { fill: #d1242f; stroke: #1f2328; } .title { font-size: 14px; font-weight: bold; }\n"
      ".name { font-weight: bold; } .end { text-anchor: end; } .mid { text-anchor: middle; }\n"
      "@media (prefers-color-scheme: dark) {\n"
      "  text { fill: #e6edf3; } .grid { stroke: #30363d; } .frame { stroke: #6e7681; }\n"
      "  .fusor { fill: #ff7b72; stroke: #e6edf3; }\n"
      "}\n"
      ".fusor.more { fill: none; stroke: #e5534b; stroke-width: 2; }\n"
      "</style>\n";

  template <class... Values>
  static std::string format(const char* pattern, Values... values) {
    char text[512];
    std::snprintf(text, sizeof text, pattern, values...);
    return text;
  }

  void write(double x, double y, const char* kind, const std::string& words) {
    text_ += format("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, kind) + words + "</text>\n";
  }
  void line(double x1, double y1, double x2, double y2, const char* kind, const char* dashes = "") {
    text_ +=
        format("<path d=\"M%.1f %.1fL%.1f %.1f\" class=\"%s\"%s/>\n", x1, y1, x2, y2, kind, dashes);
  }

  bool is_fusor(std::size_t library) const {
    return libraries_[library].rfind("Fusor", 0) == 0;
  }

  /// Fusor's are diamonds, the first one full; the others circles, squares and triangles by turns.
  void draw_mark(double x, double y, std::size_t library) {
    static constexpr std::array colours = {"#4c8dd6", "#e08a2c", "#3fa66b", "#9a6fd0",
                                           "#8c8c8c", "#c05fa8", "#b59a1d", "#1fa3a8",
                                           "#a0694b", "#6b7fa3", "#7fb0e8", "#8fae3c"};
    static constexpr std::array shapes = {"m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0",
                                          "m-3 -3h6v6h-6z", "m0 -4l4 7h-8z"};
    text_ += format("<path d=\"M%.1f %.1f", x, y);
    if (is_fusor(library)) {
      text_ += format("m0 -6l6 6l-6 6l-6 -6z\" class=\"fusor%s\"/>\n", library > 0 ? " more" : "");
    } else {
      text_ += format("%s\" fill=\"%s\"/>\n", shapes[library % shapes.size()],
                      colours[library % colours.size()]);
    }
  }

  void draw_legend() {
    double x = 16;
    double y = 50;
    for (std::size_t i = 0; i < libraries_.size(); ++i) {
      const double width = 28 + 6 * static_cast<double>(libraries_[i].size());
      if (x + width > across * panel_width) {
        x = 16;
        y += 17;
      }
      draw_mark(x, y, i);
      write(x + 9, y + 4, "", libraries_[i]);
      x += width;
    }
  }

  double across_of(double ns) const {
    return plot_width * (std::log10(ns) - first_decade_) / (last_decade_ - first_decade_);
  }
  static double up_of(double ulp) {
    const double shown = ulp > most_error ? beyond / 2 : std::max(ulp, least_error);
    return plot_height * (1 - std::log10(shown / least_error) / std::log10(beyond / least_error));
  }

  void draw_panel(std::size_t index) {
    const double x = static_cast<double>(index % across) * panel_width + left;
    const double y = static_cast<double>(index / across) * panel_height + top + 22;
    write(x, y - 6, "name", panels_[index].name);
    for (double decade = first_decade_; decade <= last_decade_; ++decade) {
      const double ns = std::pow(10, decade);
      line(x + across_of(ns), y, x + across_of(ns), y + plot_height, "grid");
      write(x + across_of(ns), y + plot_height + 12, "mid", format("%g", ns));
    }
    for (const double ulp : {1.0, 8.0, 100.0, 1e4}) {
      const char* const dashes = ulp == 8 ? " stroke-dasharray=\"4 3\"" : "";
      line(x, y + up_of(ulp), x + plot_width, y + up_of(ulp), ulp == 8 ? "frame" : "grid", dashes);
      write(x - 4, y + up_of(ulp) + 3, "end", format("%g", ulp));
    }
    write(x - 4, y + up_of(beyond) + 3, "end", "wrong");
    line(x, y + plot_height, x + plot_width, y + plot_height, "frame");
    for (const bool fusor : {false, true}) {
      for (const mark& m : panels_[index].marks) {
        if (is_fusor(m.library) == fusor)
          draw_mark(x + across_of(m.ns), y + up_of(m.ulp), m.library);
      }
    }
  }

  std::string title_;
  std::vector<std::string> libraries_;
  std::vector<panel> panels_;
  double first_decade_ = 0;
  double last_decade_ = 0;
  std::string text_;
};

}  // namespace bench
