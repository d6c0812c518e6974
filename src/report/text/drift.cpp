// Drift: who and when, where, what; then the line of Git.
#include "report/page/utf8.hpp"
#include "report/sides/sides.hpp"
#include "report/text/sections.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <limits>

namespace celldrift::report {
namespace {

using audit::Category;
using audit::Finding;

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max() / 4;

SidesOptions sides_options(std::size_t room, const TextOptions& options) {
  return {.room = options.full ? unlimited : room,
          .most_lines = options.full ? unlimited : 24,
          .context = options.context.value_or(1)};
}

std::string remark_text(const Sides& sides) {
  return sides.remark.empty() ? "" : " (" + sides.remark + ")";
}

// On one line where it fits, else one line each.
void write_values(Page& page, std::size_t indent, const std::string& path, const Sides& sides) {
  constexpr std::size_t words = 14;  // ": want " and ", have "
  const std::string remark = remark_text(sides);
  if (columns(path) + columns(sides.want) + columns(sides.have) + columns(remark) + words <=
      page.room(indent)) {
    page.line(indent,
              {{path, Style::bold},
               {": want "},
               {sides.want, Style::green},
               {", have "},
               {sides.have, Style::red},
               {remark}});
    return;
  }
  page.line(indent, {{path, Style::bold}, {remark}});
  page.line(indent + 2, {{"want "}, {sides.want, Style::green}});
  page.line(indent + 2, {{"have "}, {sides.have, Style::red}});
}

// Blanks at the end of a line are part of what changed.
std::string with_visible_end(const std::string& text) {
  const std::size_t end = text.find_last_not_of(' ') + 1;
  std::string result = text.substr(0, end);
  for (std::size_t i = end; i < text.size(); ++i) {
    result += "\\x20";
  }
  return result;
}

void write_diff_line(Page& page,
                     std::size_t indent,
                     const DiffLine& line,
                     const TextOptions& options) {
  using Side = DiffLine::Side;
  const bool changed = line.side == Side::want || line.side == Side::have;
  const std::string shown = changed ? with_visible_end(printable(line.text)) : printable(line.text);
  const std::string text = options.full ? shown : cut_to(shown, page.room(indent + 2));
  static constexpr std::string_view signs[] = {"  ", "- ", "+ ", "… "};
  static constexpr Style styles[] = {Style::plain, Style::green, Style::red, Style::dim};
  page.line(indent,
            {{std::string(signs[std::size_t(line.side)]) + text, styles[std::size_t(line.side)]}});
}

std::string diff_title(const Finding& finding, const Sides& sides) {
  if (!finding.want) {
    return ": not in Git, the cell has" + remark_text(sides);
  }
  if (!finding.have) {
    return ": gone, Git wants" + remark_text(sides);
  }
  return ": " + (sides.remark.empty() ? "lines differ" : sides.remark) + " (- Git, + the cell)";
}

void write_change(Page& page,
                  std::size_t indent,
                  const Finding& finding,
                  const TextOptions& options) {
  const std::string path = finding.path_text.empty() ? "the object" : finding.path_text;
  const Sides sides = sides_of(finding, sides_options(page.room(indent + 2) - 5, options));
  if (sides.lines.empty()) {
    return write_values(page, indent, path, sides);
  }
  page.line(indent, {{path, Style::bold}, {diff_title(finding, sides)}});
  for (const DiffLine& line : sides.lines) {
    write_diff_line(page, indent + 2, line, options);
  }
}

void write_delta(Page& page,
                 std::size_t indent,
                 const Item& item,
                 const Delta& delta,
                 const TextOptions& options) {
  if (is_second_opinion(*delta.first)) {
    page.line(indent, {{delta.first->message}});
  } else {
    write_change(page, indent, *delta.first, options);
  }
  const std::string place = origin(delta, options);
  const std::string mark = explainable(item, delta, options);
  page.line(indent + 2, {{place.empty() ? mark.substr(1) : place + mark, Style::dim}});
}

}  // namespace

void write_drift(Page& page, const audit::Report& report, const TextOptions& options) {
  write_items(page, report, Category::drift, "Drift", options, [&](const Item& item) {
    page.line(2, {{who(item, options), Style::bold}});
    for (const Block& block : item.blocks) {
      const Style style = style_of(block.deltas.front().first->severity);
      write_spots(page, 4, block.spots, style, report, options);
      for (const Delta& delta : block.deltas) {
        write_delta(page, 6, item, delta, options);
      }
    }
  });
}

}  // namespace celldrift::report
