// What drift, missing and extra objects have in common: headings, and objects over cells.
#include "report/text/sections.hpp"

#include "report/page/utf8.hpp"
#include "report/wording/proved.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <set>

namespace celldrift::report {
namespace {

std::string components_text(const Page& page, const Item& item) {
  return item.components.size() == 1 ? item.components.front()
                                     : list_names(item.components, page.room(0), 0, "component");
}

std::vector<std::string> cells_of(const std::vector<Spot>& spots) {
  std::set<std::string> cells;
  for (const Spot& spot : spots) {
    cells.insert(spot.cells.begin(), spot.cells.end());
  }
  return {cells.begin(), cells.end()};
}

bool are_in_the_same_cells(const std::vector<Spot>& spots) {
  return std::ranges::all_of(spots,
                             [&](const Spot& spot) { return spot.cells == spots.front().cells; });
}

void write_each(Page& page,
                std::size_t indent,
                const std::vector<Spot>& spots,
                const audit::Report& report,
                const TextOptions& options) {
  for (const Spot& spot : spots) {
    const std::string cells =
        are_in_the_same_cells(spots) ? "" : " in " + cells_text(spot.cells, 0, report, options);
    page.line(indent, {{spot.object() + cells, Style::dim}});
  }
}

std::vector<audit::Proved> proved_of(const Item& item) {
  std::vector<audit::Proved> proved;
  for (const Block& block : item.blocks) {
    for (const Delta& delta : block.deltas) {
      std::ranges::copy(delta.proved, std::back_inserter(proved));
    }
  }
  std::ranges::stable_sort(proved, {}, &audit::Proved::cell);
  return proved;
}

}  // namespace

void write_names(Page& page,
                 std::size_t indent,
                 const std::vector<Spot>& spots,
                 const audit::Report& report,
                 const TextOptions& options) {
  if (options.full) {
    return write_each(page, indent, spots, report, options);
  }
  const std::size_t two_lines = 2 * page.room(indent) - 10;
  page.line(indent, {{list_names(object_names(spots), two_lines, 0, "object"), Style::dim}});
}

void write_items(Page& page,
                 const audit::Report& report,
                 audit::Category category,
                 std::string_view title,
                 const TextOptions& options,
                 const std::function<void(const Item&)>& write) {
  std::string heading;
  std::set<std::string> said;
  bool first = true;
  for (const Item& item : items(report, category)) {
    if (first) {
      page.gap();
      page.line(0, {{std::string(title), Style::bold}});
    }
    const std::string components = components_text(page, item);
    if (first || components != heading) {
      page.line(0, {{components, Style::cyan}});
    }
    first = false;
    heading = components;
    write(item);
    for (const std::string& text : proved_lines(proved_of(item), said, report, options)) {
      page.line(4, {{text}});
    }
  }
}

void write_spots(Page& page,
                 std::size_t indent,
                 const std::vector<Spot>& spots,
                 Style style,
                 const audit::Report& report,
                 const TextOptions& options) {
  const std::string objects = objects_text(spots);
  const std::size_t used = columns(objects) + indent + 4;
  const std::size_t room = std::max<std::size_t>(page.room(used), 40);
  page.line(indent,
            {{objects, style}, {" in " + cells_text(cells_of(spots), room, report, options)}});
  if (spots.size() > 1) {
    write_names(page, indent + 2, spots, report, options);
  }
}

}  // namespace celldrift::report
