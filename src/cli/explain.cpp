// celldrift explain: one finding, with all that is known of it.
#include "celldrift/cli/run.hpp"
#include "celldrift/report/explanation.hpp"
#include "cli/audit_fleet.hpp"
#include "cli/commands.hpp"
#include "cli/results.hpp"
#include "cli/source_lines.hpp"
#include "cli/text_options.hpp"

#include <algorithm>
#include <map>

namespace celldrift::cli {
namespace {

using audit::Finding;
using compare::ObjectResult;

constexpr std::size_t least_digits = 4;
constexpr std::size_t most_suggestions = 5;

// What rules say of waivers is about no cell.
std::string first_cell(const Finding& finding) {
  return finding.cells.empty() ? "" : finding.cells.front();
}

std::string line_of(const Finding& finding) {
  const std::string cell = first_cell(finding);
  return finding.fingerprint + " (" + cell + (cell.empty() ? "" : ": ") + finding.message + ")";
}

template <class Findings>
std::string list_of(const Findings& findings) {
  std::string text;
  for (std::size_t i = 0; i < std::min(findings.size(), most_suggestions); ++i) {
    text += (i == 0 ? " " : ", ") + line_of(*findings[i]);
  }
  return text + (findings.size() > most_suggestions
                     ? " and " + std::to_string(findings.size() - most_suggestions) + " more"
                     : "");
}

std::size_t common_digits(std::string_view a, std::string_view b) {
  return std::size_t(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::vector<const Finding*> nearest(const audit::Report& report, std::string_view wanted) {
  std::vector<const Finding*> near;
  for (const Finding& finding : report.findings) {
    near.push_back(&finding);
  }
  std::ranges::stable_sort(near, std::greater(), [&](const Finding* finding) {
    return common_digits(finding->fingerprint, wanted);
  });
  return near;
}

// The fingerprint of a cause stands for its first finding.
std::string finding_of_cause(const audit::Report& report, const std::string& wanted) {
  for (const audit::Cause& cause : report.causes) {
    if (cause.fingerprint.starts_with(wanted) && !cause.findings.empty()) {
      return cause.findings.front();
    }
  }
  return wanted;
}

const Finding& find(const audit::Report& report, const std::string& wanted) {
  std::vector<const Finding*> found;
  for (const std::vector<Finding>* findings : {&report.findings, &report.waived}) {
    for (const Finding& finding : *findings) {
      if (finding.fingerprint.starts_with(wanted)) {
        found.push_back(&finding);
      }
    }
  }
  if (found.empty() && finding_of_cause(report, wanted) != wanted) {
    return find(report, finding_of_cause(report, wanted));
  }
  if (found.size() == 1) {
    return *found.front();
  }
  if (!found.empty()) {
    throw Error(ErrorCode::usage,
                "several findings' fingerprints begin with " + wanted +
                    ": give more of it:" + list_of(found));
  }
  if (report.findings.empty()) {
    throw Error(ErrorCode::usage,
                "there is no finding " + wanted + ": this run has none at all" +
                    (report.complete ? "" : ", and is incomplete; see celldrift check"));
  }
  throw Error(ErrorCode::usage,
              "there is no finding " + wanted + " (any more); the nearest are" +
                  list_of(nearest(report, wanted)));
}

void check_fingerprint(const std::string& text) {
  const bool is_hex = text.find_first_not_of("0123456789abcdef") == text.npos;
  if (!is_hex || text.size() < least_digits || text.size() > 16) {
    throw Error(ErrorCode::usage,
                "\"" + printable(text) +
                    "\" is no fingerprint: give 4 to 16 hex digits of one that celldrift check "
                    "shows");
  }
}

bool is_of(const audit::ObjectRef& object, const ObjectResult& result) {
  return object.kind == result.key.kind && object.ns == result.key.ns &&
         object.name == result.key.name && group_of(object.api_version) == result.key.group;
}

// The comparison that the finding comes from; null for what several Applications share.
const ObjectResult* result_of(const Finding& finding, const Audited& audited) {
  for (const audit::ComparedApplication& application : audited.applications) {
    if (application.application == finding.application && application.cell == first_cell(finding)) {
      const auto found = std::ranges::find_if(application.objects, [&](const ObjectResult& result) {
        return is_of(finding.object, result);
      });
      if (found != application.objects.end()) {
        return &*found;
      }
    }
  }
  return nullptr;
}

std::vector<report::SourceLine> lines_of(const Finding& finding,
                                         const ObjectResult* result,
                                         Manifests& manifests) {
  const Source& source = source_of(finding.source.source);
  if (result == nullptr || source.path.empty() || finding.source.line == 0) {
    return {};
  }
  try {
    const auto tree = manifests.tree_at(source.commit);
    return tree == nullptr
               ? std::vector<report::SourceLine>{}
               : source_lines(*tree->read(source.path).text, finding.source, result->desired);
  } catch (const Error&) {  // an explanation without these lines is one too
    return {};
  }
}

// Those about the field first.
void add_decisions(const Finding& finding,
                   const ObjectResult& result,
                   report::Explanation& explanation) {
  explanation.decisions = result.decisions;
  std::ranges::stable_partition(explanation.decisions, [&](const compare::Decision& decision) {
    return decision.path.text() == finding.path_text;
  });
  for (const compare::Decision& decision : explanation.decisions) {
    if (decision.path.text() == finding.path_text) {
      explanation.owners.insert(
          explanation.owners.end(), decision.owners.begin(), decision.owners.end());
    }
  }
}

bool is_near(const Finding& other, const Finding& finding) {
  const bool same_object = other.object == finding.object && other.cells == finding.cells;
  const bool same_field = other.component == finding.component &&
                          other.path_text == finding.path_text && other.rule == finding.rule &&
                          other.object.kind == finding.object.kind;
  return same_object || same_field;
}

void add_related(const Finding& finding,
                 const audit::Report& report,
                 report::Explanation& explanation) {
  for (const audit::Cause& cause : report.causes) {
    if (!finding.cause.empty() && cause.fingerprint == finding.cause) {
      explanation.cause = cause;
    }
  }
  for (const Finding& other : report.findings) {
    const bool related = explanation.cause ? other.cause == finding.cause : is_near(other, finding);
    if (related && other.fingerprint != finding.fingerprint) {
      explanation.related.push_back({other.fingerprint, first_cell(other), other.message});
    }
  }
}

report::Explanation explanation_of(const Finding& finding, const Audited& audited) {
  report::Explanation explanation{.finding = finding};
  const ObjectResult* result = result_of(finding, audited);
  explanation.lines = lines_of(finding, result, *audited.manifests);
  if (result != nullptr) {
    add_decisions(finding, *result, explanation);
  }
  if (explanation.owners.empty() && finding.changed_by) {
    explanation.owners.push_back(*finding.changed_by);
  }
  add_related(finding, audited.report, explanation);
  return explanation;
}

}  // namespace

int explain(const Options& flags, const ExplainOptions& what) {
  check_fingerprint(what.fingerprint);
  Setup setup = set_up(flags);
  setup.options.explain = true;
  setup.options.repo.history = true;
  const Audited audited = audit_fleet(setup);
  const report::Explanation explanation =
      explanation_of(find(audited.report, what.fingerprint), audited);
  write_outputs(setup.options, [&](const std::string& format, Destination destination) {
    return format == "json"
               ? report::explanation_json(explanation)
               : report::explanation_text(explanation, text_options(setup.options, destination));
  });
  return exit_clean;
}

}  // namespace celldrift::cli
