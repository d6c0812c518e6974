// Differences that are no findings: one line each.
#include "report/text/sections.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using audit::AcceptedNote;

std::vector<Spot> spots_of(const AcceptedNote& note) {
  std::vector<Spot> spots;
  for (const audit::Place& place : note.places) {
    const audit::ObjectRef& object = place.object;
    spots.push_back({.kind = object.kind,
                     .name = (object.ns.empty() ? "" : object.ns + "/") + object.name,
                     .cells = place.cells});
  }
  return spots;
}

// "HorizontalPodAutoscaler backend/web", "12 HorizontalPodAutoscalers".
std::string by_text(const std::vector<std::string>& by) {
  const std::string& first = by.front();
  return by.size() == 1 ? first : count(by.size(), first.substr(0, first.find(' ')));
}

void write_note(Page& page,
                const AcceptedNote& note,
                const audit::Report& report,
                const TextOptions& options) {
  const std::vector<Spot> spots = spots_of(note);
  const std::string path = note.path_text.empty() ? "all" : note.path_text;
  const std::string cells = cells_text(note.cells, 30, report, options);
  const std::string place = describe(note.source);
  page.line(2,
            {{path, Style::bold},
             {" of " + objects_text(spots) + " in " + cells + ": " + by_text(note.by)},
             {" (" + note.rule + (place.empty() ? "" : ", " + place) + ")", Style::dim}});
  if (!note.reason.empty() && options.full) {
    page.line(4, {{note.reason, Style::dim}});
  }
  if (spots.size() > 1 && options.full) {
    page.line(4, {{all_names(object_names(spots)), Style::dim}});
  }
}

void write_notes(Page& page,
                 const std::vector<AcceptedNote>& notes,
                 std::string_view title,
                 const audit::Report& report,
                 const TextOptions& options) {
  if (notes.empty()) {
    return;
  }
  page.gap();
  page.line(0, {{std::string(title), Style::bold}});
  for (const AcceptedNote& note : notes) {
    write_note(page, note, report, options);
  }
}

}  // namespace

void write_accepted(Page& page, const audit::Report& report, const TextOptions& options) {
  write_notes(page, report.by_right, "By right: what others may change", report, options);
  if (options.show_ignored) {
    write_notes(page, report.ignored, "Ignored: hidden by ignoreDifferences", report, options);
    write_notes(page, report.hidden, "Waived: findings that rules hide", report, options);
  }
}

}  // namespace celldrift::report
