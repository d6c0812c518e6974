// Drift, missing and extra objects: grouped by component, then object, then cells.
#include "celldrift/audit/brief.hpp"
#include "report/line_diff.hpp"
#include "report/merge.hpp"
#include "report/sections.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

namespace celldrift::report {
namespace {

using audit::brief;
using audit::Category;
using audit::Finding;
using compare::Change;

constexpr std::size_t most_diff_lines = 24;

bool has_lines(const std::optional<Value>& value) {
  return value && value->is_string() && value->as_string().find('\n') != std::string_view::npos;
}

bool is_text(const std::optional<Value>& value) {
  return value && value->is_string();
}

bool is_line_diff(const Finding& finding) {
  return is_text(finding.want) && is_text(finding.have) &&
         (has_lines(finding.want) || has_lines(finding.have));
}

bool both_secret(const Finding& finding) {
  return is_text(finding.want) && is_text(finding.have) &&
         audit::is_secret_hash(finding.want->as_string()) &&
         audit::is_secret_hash(finding.have->as_string());
}

std::string want_text(const Finding& finding, std::size_t limit) {
  return finding.want ? cut_to(brief(*finding.want, limit), limit) : "nothing";
}

std::string have_text(const Finding& finding, std::size_t limit) {
  if (both_secret(finding)) {
    return "(secret value, changed)";
  }
  return finding.have ? cut_to(brief(*finding.have, limit), limit) : "nothing";
}

Line place_and_value(const std::string& path, const std::string& want, const std::string& have) {
  return {{path, Style::bold}, {": want "}, {want, Style::green}, {", have "}, {have, Style::red}};
}

// On one line where it fits, else one line each.
void write_values(Page& page, const Finding& finding) {
  constexpr std::size_t words = 14;  // ": want " and ", have "
  const std::string path = finding.path_text.empty() ? "the object" : finding.path_text;
  const std::size_t room = page.room(4);
  const std::string want = want_text(finding, room);
  const std::string have = have_text(finding, room);
  if (columns(path) + columns(want) + columns(have) + words <= room) {
    page.line(4, place_and_value(path, want, have));
    return;
  }
  const std::size_t value_room = page.room(6) - 5;
  page.line(4, {{path, Style::bold}});
  page.line(6, {{"want "}, {want_text(finding, value_room), Style::green}});
  page.line(6, {{"have "}, {have_text(finding, value_room), Style::red}});
}

void write_diff_line(Page& page, const DiffLine& line) {
  using Side = DiffLine::Side;
  const std::size_t room = page.room(8);
  const std::string text = cut_to(printable(line.text), room);
  switch (line.side) {
    case Side::want:
      return page.line(6, {{"- " + text, Style::green}});
    case Side::have:
      return page.line(6, {{"+ " + text, Style::red}});
    case Side::both:
      return page.line(6, {{"  " + text}});
    case Side::left_out:
      return page.line(6, {{"… " + text, Style::dim}});
  }
}

void write_diff(Page& page, const Finding& finding) {
  page.line(4, {{finding.path_text, Style::bold}, {": lines differ (- Git, + the cell)"}});
  for (const DiffLine& line :
       line_diff(finding.want->as_string(), finding.have->as_string(), most_diff_lines)) {
    write_diff_line(page, line);
  }
}

// "apps/backend/deployment.yaml:12 and 3 more"; "" when nothing is known.
std::string places(const std::vector<Mark>& sources) {
  if (sources.empty()) {
    return "";
  }
  const std::size_t more = sources.size() - 1;
  return describe(sources.front()) + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

// "by kubectl-edit, 2 hours ago (2026-03-01T09:30:00Z)", "no record of who".
std::string who(const Merged& merged, const TextOptions& options) {
  const Finding& finding = *merged.first;
  if (!finding.changed_by) {
    return finding.change == Change::removed ? "removed; no record of who" : "no record of who";
  }
  const compare::Owner& owner = *finding.changed_by;
  std::string text = "by " + owner.manager;
  text += owner.subresource.empty() ? "" : " (" + owner.subresource + ")";
  if (merged.last) {
    text +=
        std::string(merged.same_time ? ", " : ", most recently ") + when(*merged.last, options.now);
  }
  return text;
}

std::string origin(const Merged& merged, const TextOptions& options) {
  const std::string place = places(merged.sources) + last_change(*merged.first, options.now);
  if (merged.first->change == Change::added) {
    return "not in Git" + (place.empty() ? "" : ", would be near " + place);
  }
  return place.empty() ? "" : "in Git at " + place;
}

void write_merged(Page& page, const Merged& merged, const TextOptions& options) {
  is_line_diff(*merged.first) ? write_diff(page, *merged.first) : write_values(page, *merged.first);
  const std::string place = origin(merged, options);
  page.line(6, {{place + (place.empty() ? "" : "; ") + who(merged, options), Style::dim}});
}

// Calls `write` for each block, with a heading for the section and for each component.
template <class Write>
void write_section(
    Page& page, const audit::Report& report, Category category, std::string title, Write write) {
  std::string component;
  bool first = true;
  for (const Block& block : merge(report.findings, category)) {
    if (first) {
      page.gap();
      page.line(0, {{title, Style::bold}});
    }
    if (first || block.component != component) {
      page.line(0, {{block.component, Style::cyan}});
    }
    first = false;
    component = block.component;
    write(block);
  }
}

Line heading(const Page& page, const audit::Report& report, const Block& block) {
  const std::size_t used = columns(block.object) + 6;
  const std::size_t room = page.room(used) > 40 ? page.room(used) : 40;
  return {{block.object, style_of(block.findings.front().first->severity)},
          {" in " + list_names(block.cells, room, report.cells.size())}};
}

}  // namespace

void write_drift(Page& page, const audit::Report& report, const TextOptions& options) {
  write_section(page, report, Category::drift, "Drift", [&](const Block& block) {
    page.line(2, heading(page, report, block));
    for (const Merged& merged : block.findings) {
      write_merged(page, merged, options);
    }
  });
}

void write_missing(Page& page, const audit::Report& report, const TextOptions& options) {
  write_section(
      page, report, Category::missing, "Missing: in Git, not in the cell", [&](const Block& block) {
        page.line(2, heading(page, report, block));
        const Merged& merged = block.findings.front();
        const std::string place = places(merged.sources);
        if (!place.empty()) {
          const std::string change = last_change(*merged.first, options.now);
          page.line(6, {{"in Git at " + place + change, Style::dim}});
        }
      });
}

void write_extra(Page& page, const audit::Report& report, const TextOptions& options) {
  write_section(
      page, report, Category::extra, "Extra: in the cell, not in Git", [&](const Block& block) {
        page.line(2, heading(page, report, block));
        const Merged& merged = block.findings.front();
        const std::string& application = merged.first->application;
        const std::string tracked = block.cells.size() == 1
                                        ? "tracked as a part of " + application
                                        : "tracked as a part of its Application";
        page.line(6, {{tracked + "; " + who(merged, options), Style::dim}});
      });
}

}  // namespace celldrift::report
