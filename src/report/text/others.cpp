// Findings of the categories that need no layout of their own: the sentence, who has which value,
// where. All of the categories that no other section writes are written here, so none is lost.
#include "celldrift/audit/brief.hpp"
#include "celldrift/core/error.hpp"
#include "report/page/cutting.hpp"
#include "report/page/utf8.hpp"
#include "report/text/sections.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <span>

namespace celldrift::report {
namespace {

using audit::Category;
using audit::Finding;
using audit::ValueGroup;

struct Section {
  Category category;
  std::string_view title;
};
constexpr std::string_view claims_title = "GitOps: what the tool does or claims is not so";
constexpr Section sections[] = {
    {Category::isolation, "Isolation: cells share what they never may"},
    {Category::rules, "Rules and waivers that need attention"},
};
constexpr std::size_t most_groups = 8;

std::string value_text(const Value& value, std::size_t room, const TextOptions& options) {
  if (value.is_null()) {
    return "(none)";
  }
  return options.full ? audit::brief(value, std::string::npos / 8)
                      : cut_middle(audit::brief(value, 4 * room), room);
}

bool is_outlier(const Finding& finding, const ValueGroup& group) {
  return std::ranges::any_of(group.cells, [&](const std::string& cell) {
    return std::ranges::find(finding.cells, cell) != finding.cells.end();
  });
}

void write_group(Page& page,
                 const audit::Report& report,
                 const Finding& finding,
                 const ValueGroup& group,
                 const TextOptions& options) {
  const std::string value = value_text(group.value, page.room(4) / 2, options);
  const std::string cells = cells_text(group.cells, page.room(columns(value) + 6), report, options);
  const Style style = is_outlier(finding, group) ? style_of(finding.severity) : Style::plain;
  page.line(4, {{value, style}, {": " + cells}});
}

void write_groups(Page& page,
                  const audit::Report& report,
                  const Finding& finding,
                  const TextOptions& options) {
  const std::size_t all = finding.values.size();
  const std::size_t shown = options.full ? all : std::min(all, most_groups);
  for (const ValueGroup& group : std::span(finding.values).first(shown)) {
    write_group(page, report, finding, group, options);
  }
  if (shown < all) {
    page.line(4, {{"… " + count(all - shown, "more value"), Style::dim}});
  }
}

// Where it is: the cells, unless the groups say it, and the line of Git.
std::string place(const Finding& finding,
                  std::size_t room,
                  const audit::Report& report,
                  const TextOptions& options) {
  const std::string cells = finding.values.empty() && !finding.cells.empty()
                                ? "in " + cells_text(finding.cells, room, report, options)
                                : "";
  const std::string source = describe(finding.source);
  const bool is_rule = finding.category == Category::rules;
  const std::string git = source.empty() ? ""
                          : is_rule      ? "at " + source
                                    : "in Git at " + source + last_change(finding, options.now);
  return cells + (cells.empty() || git.empty() ? "" : "; ") + git;
}

void write_finding(Page& page,
                   const audit::Report& report,
                   const Finding& finding,
                   const TextOptions& options) {
  page.line(2,
            {{std::string(audit::describe(finding.severity)), style_of(finding.severity)},
             {": " + finding.message}});
  write_groups(page, report, finding, options);
  const bool is_said = finding.message.find(finding.reason) != std::string::npos;
  if (!is_said) {
    page.line(4, {{finding.reason}});
  }
  const std::string where = place(finding, page.room(24), report, options);
  const std::string mark = explainable(finding.fingerprint, options);
  page.line(4, {{where.empty() ? mark.substr(1) : where + mark, Style::dim}});
}

void write_section(Page& page,
                   const audit::Report& report,
                   const Section& section,
                   const TextOptions& options) {
  const Finding* before = nullptr;
  for (const Finding& finding : report.findings) {
    if (finding.category != section.category) {
      continue;
    }
    if (before == nullptr) {
      page.gap();
      page.line(0, {{std::string(section.title), Style::bold}});
    }
    const bool is_new = before == nullptr || before->component != finding.component;
    if (is_new && !finding.component.empty()) {
      page.line(0, {{finding.component, Style::cyan}});
    }
    before = &finding;
    write_finding(page, report, finding, options);
  }
}

// Of many objects with one cause the cause, and their names.
void write_claim(Page& page,
                 const audit::Report& report,
                 const Item& item,
                 const TextOptions& options) {
  const Finding& first = *item.first;
  if (item.cause == nullptr || item.findings == 1) {
    return write_finding(page, report, first, options);
  }
  page.line(2,
            {{std::string(audit::describe(first.severity)), style_of(first.severity)},
             {": " + item.cause->message}});
  for (const Block& block : item.blocks) {
    write_names(page, 4, block.spots, report, options);
  }
  page.line(4,
            {{"such as: " + first.message + explainable(first.fingerprint, options), Style::dim}});
}

void write_claims(Page& page, const audit::Report& report, const TextOptions& options) {
  std::string heading;
  bool is_first = true;
  for (const Item& item : items(report, Category::gitops)) {
    if (is_first) {
      page.gap();
      page.line(0, {{std::string(claims_title), Style::bold}});
    }
    const std::string components = item.components.size() == 1
                                       ? item.components.front()
                                       : list_names(item.components, page.room(0), 0, "component");
    if (!components.empty() && (is_first || components != heading)) {
      page.line(0, {{components, Style::cyan}});
    }
    is_first = false;
    heading = components;
    write_claim(page, report, item, options);
  }
}

}  // namespace

void write_parity(Page& page, const audit::Report& report, const TextOptions& options) {
  write_section(page, report, {Category::parity, "Parity: cells differ, Git is silent"}, options);
}

void write_others(Page& page, const audit::Report& report, const TextOptions& options) {
  write_claims(page, report, options);
  for (const Section& section : sections) {
    write_section(page, report, section, options);
  }
}

}  // namespace celldrift::report
