// Objects that are missing, and objects that are beyond Git.
#include "report/text/sections.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

namespace celldrift::report {
namespace {

using audit::Category;
using audit::Cause;

// All that is missing in one go, however it differs in reasons.
std::vector<Spot> spots_of(const Item& item) {
  std::vector<Spot> spots;
  for (const Block& block : item.blocks) {
    spots.insert(spots.end(), block.spots.begin(), block.spots.end());
  }
  return spots;
}

// What is missing as a whole; "" where it is single objects.
std::string whole_text(const Item& item) {
  const audit::ObjectRef& object = item.first->object;
  switch (item.cause == nullptr ? Cause::Kind::object : item.cause->kind) {
    case Cause::Kind::application:
      return "all of " + item.first->component;
    case Cause::Kind::name_space:
      return "all of namespace " + (object.ns.empty() ? object.name : object.ns);
    case Cause::Kind::kind:
      return "every " + object.kind;
    default:
      return "";
  }
}

void write_whole(Page& page,
                 const std::string& whole,
                 const Item& item,
                 const audit::Report& report,
                 const TextOptions& options) {
  const std::string cells = cells_text(item.cells, page.room(30), report, options);
  const std::vector<Spot> spots = spots_of(item);
  const std::string& fingerprint =
      item.cause == nullptr ? item.first->fingerprint : item.cause->fingerprint;
  page.line(2,
            {{whole, style_of(item.first->severity)},
             {" in " + cells + ": " + objects_text(spots)},
             {explainable(fingerprint, options), Style::dim}});
  write_names(page, 4, spots, report, options);
}

void write_not_served(Page& page,
                      const Item& item,
                      const audit::Report& report,
                      const TextOptions& options) {
  const audit::ObjectRef& object = item.first->object;
  const std::string cells = cells_text(item.cells, page.room(30), report, options);
  page.line(2,
            {{object.api_version + " " + object.kind, style_of(item.first->severity)},
             {" is not served by " + cells}});
  write_names(page, 4, spots_of(item), report, options);
  for (const Block& block : item.blocks) {
    for (const Delta& delta : block.deltas) {
      page.line(4, {{origin(delta, options) + explainable(item, delta, options), Style::dim}});
    }
  }
}

void write_lost(Page& page,
                const Item& item,
                const audit::Report& report,
                const TextOptions& options) {
  if (item.first->rule == "api/not-served") {
    return write_not_served(page, item, report, options);
  }
  const std::string whole = whole_text(item);
  if (!whole.empty()) {
    return write_whole(page, whole, item, report, options);
  }
  for (const Block& block : item.blocks) {
    write_spots(page, 2, block.spots, style_of(item.first->severity), report, options);
    for (const Delta& delta : block.deltas) {
      const std::string place = origin(delta, options);
      const std::string record = (place.empty() ? "" : place + "; ") + "no record of who";
      page.line(4, {{record + explainable(item, delta, options), Style::dim}});
    }
  }
}

std::string beyond_git_text(const Item& item, const Delta& delta) {
  if (delta.first->rule == "orphaned") {
    const std::string& reason = delta.first->reason;
    return "orphaned: no Application wants it" + (reason.empty() ? "" : "; " + reason);
  }
  return item.cells.size() == 1 && item.components.size() == 1
             ? "tracked as a part of " + item.first->application
             : "tracked as a part of its Application";
}

}  // namespace

void write_missing(Page& page, const audit::Report& report, const TextOptions& options) {
  write_items(page,
              report,
              Category::missing,
              "Missing: in Git, not in the cell",
              options,
              [&](const Item& item) { write_lost(page, item, report, options); });
}

void write_extra(Page& page, const audit::Report& report, const TextOptions& options) {
  write_items(
      page,
      report,
      Category::extra,
      "Extra: in the cell, not in Git",
      options,
      [&](const Item& item) {
        page.line(2, {{who(item, options), Style::bold}});
        for (const Block& block : item.blocks) {
          const Delta& delta = block.deltas.front();
          write_spots(page, 4, block.spots, style_of(delta.first->severity), report, options);
          page.line(
              6, {{beyond_git_text(item, delta) + explainable(item, delta, options), Style::dim}});
        }
      });
}

}  // namespace celldrift::report
