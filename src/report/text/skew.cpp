// Version skew: which cells run what, the outliers marked.
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "report/matrix/short_text.hpp"
#include "report/page/cutting.hpp"
#include "report/page/utf8.hpp"
#include "report/text/position.hpp"
#include "report/text/sections.hpp"
#include "report/wording/proved.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace celldrift::report {
namespace {

using audit::Finding;
using audit::ValueGroup;

constexpr std::size_t most_groups = 8;

// Findings that say the same of several objects of a component (a version label on all of them).
struct Alike {
  const Finding* first = nullptr;
  std::vector<std::string> subjects;
};

// The groups as a text that is equal only for equal groups.
std::string groups_key(const Finding& finding) {
  std::string key;
  for (const ValueGroup& group : finding.values) {
    const std::string value = group.value.is_string() ? std::string(group.value.as_string()) : "";
    for (const std::string& part : {value, join(group.cells, "\n")}) {
      key += std::to_string(part.size()) + ":" + part;
    }
  }
  return key;
}

std::vector<Alike> alike(const audit::Report& report) {
  std::map<std::tuple<std::string, std::string, audit::Severity, std::string>, std::size_t> places;
  std::vector<Alike> result;
  for (const Finding& finding : report.findings) {
    if (finding.category != audit::Category::skew) {
      continue;
    }
    const auto [place, is_new] = places.emplace(
        std::tuple(finding.component, finding.what, finding.severity, groups_key(finding)),
        result.size());
    if (is_new) {
      result.push_back({&finding, {}});
    }
    result[place->second].subjects.push_back(finding.subject);
  }
  // What a cell runs says more than what its labels claim.
  std::ranges::stable_sort(result, {}, [](const Alike& same) {
    return std::tie(same.first->component, same.first->rule);
  });
  return result;
}

std::string_view text_of(const ValueGroup& group) {
  return group.value.is_string() ? group.value.as_string() : std::string_view{};
}

// What all values start with, so that the tags stand out.
std::string_view common_repository(const Finding& finding) {
  if (finding.rule != "skew/image") {
    return {};
  }
  const std::string_view first = repository_of(text_of(finding.values.front()));
  const bool shared = std::ranges::all_of(finding.values, [&](const ValueGroup& group) {
    return repository_of(text_of(group)) == first;
  });
  return shared ? first : std::string_view{};
}

bool is_outlier(const Finding& finding, const ValueGroup& group) {
  return std::ranges::find(finding.cells, group.cells.front()) != finding.cells.end();
}

bool is_rollout(const Finding& finding) {
  return finding.rule == audit::rule_of(audit::FactKind::rollout);
}

// How far it came, in full: that is all that there is to say.
void write_rollout(Page& page,
                   const audit::Report& report,
                   const Finding& finding,
                   const TextOptions& options) {
  for (const ValueGroup& group : finding.values) {
    if (is_outlier(finding, group)) {
      page.line(4,
                {{cells_text(group.cells, page.room(30), report, options) + ": "},
                 {std::string(text_of(group)), style_of(finding.severity)}});
    }
  }
}

void write_group(Page& page,
                 const audit::Report& report,
                 const Finding& finding,
                 const ValueGroup& group,
                 std::string_view repository,
                 const TextOptions& options) {
  const std::string all = printable(text_of(group).substr(repository.size()));
  const std::string value = options.full ? all : cut_middle(all, page.room(4) / 2);
  const std::string mark = position(finding, group);
  const std::size_t used = columns(value) + columns(mark) + 6;
  const std::string cells = cells_text(group.cells, page.room(used), report, options);
  page.line(4,
            {{value, !is_outlier(finding, group) ? Style::plain : style_of(finding.severity)},
             {": " + cells},
             {mark, style_of(finding.severity)}});
}

// One line for what there is no room for; outliers must not get lost in it unsaid.
void write_rest(Page& page, const audit::Report& report, const Finding& finding) {
  std::vector<std::string> cells;
  for (const ValueGroup& group : std::span(finding.values).subspan(most_groups)) {
    cells.insert(cells.end(), group.cells.begin(), group.cells.end());
  }
  page.line(4,
            {{"… " + count(finding.values.size() - most_groups, "more version") + ": " +
              list_names(cells, page.room(30), report.cells.size())}});
}

void write_groups(Page& page,
                  const audit::Report& report,
                  const Finding& finding,
                  std::string_view repository,
                  const TextOptions& options) {
  const std::size_t shown =
      options.full ? finding.values.size() : std::min(finding.values.size(), most_groups);
  for (const ValueGroup& group : std::span(finding.values).first(shown)) {
    write_group(page, report, finding, group, repository, options);
  }
  if (shown < finding.values.size()) {
    write_rest(page, report, finding);
  }
}

std::string declared(const Finding& finding, std::string_view repository) {
  const std::string place = describe(finding.source);
  const std::string at = place.empty() ? "" : " (" + place + ")";
  if (is_rollout(finding)) {
    return place.empty() ? "not in Git" : "in Git at " + place;
  }
  switch (finding.severity) {
    case audit::Severity::note:
      return "declared in Git" + at;
    case audit::Severity::warning:
      return "Git does not state it in every cell";
    case audit::Severity::error:
      break;
  }
  if (!finding.want) {
    return "Git wants different versions by cell" + at;
  }
  const std::string_view wanted = finding.want->as_string();
  const bool short_form = !repository.empty() && wanted.starts_with(repository);
  return "Git wants " + std::string(wanted.substr(short_form ? repository.size() : 0)) + at;
}

void write_alike(Page& page,
                 const audit::Report& report,
                 const Alike& same,
                 std::set<std::string>& said,
                 const TextOptions& options) {
  const Finding& finding = *same.first;
  const std::string subjects =
      list_names(same.subjects, page.room(columns(finding.what) + 6), 0, "object");
  page.line(2, {{finding.what, style_of(finding.severity)}, {" of " + subjects}});
  const std::string_view repository = common_repository(finding);
  if (!repository.empty()) {
    page.line(4, {{std::string(repository.substr(0, repository.size() - 1)), Style::dim}});
  }
  if (is_rollout(finding)) {
    write_rollout(page, report, finding, options);
  } else {
    write_groups(page, report, finding, repository, options);
  }
  for (const std::string& text : proved_lines(finding.proved, said, report, options)) {
    page.line(4, {{text}});
  }
  page.line(
      4, {{declared(finding, repository) + explainable(finding.fingerprint, options), Style::dim}});
}

}  // namespace

void write_skew(Page& page, const audit::Report& report, const TextOptions& options) {
  std::string component;
  std::set<std::string> said;  // of the commits that cells run
  bool first = true;
  for (const Alike& same : alike(report)) {
    if (first) {
      page.gap();
      page.line(0, {{"Version skew", Style::bold}});
    }
    if (first || same.first->component != component) {
      page.line(0, {{same.first->component, Style::cyan}});
    }
    first = false;
    component = same.first->component;
    write_alike(page, report, same, said, options);
  }
}

}  // namespace celldrift::report
