#include "audit/claims/claims.hpp"

#include "audit/findings/fingerprint.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::audit {
namespace {

constexpr std::size_t most_of_a_message = 300;

using Rule = std::vector<Finding> (*)(const ClaimBook&);
constexpr Rule rules[] = {missing_applications,
                          extra_applications,
                          altered_applications,
                          false_claims,
                          outdated_revisions,
                          stuck_operations,
                          error_conditions,
                          unseen_applications,
                          paused_syncs,
                          sync_windows,
                          application_sets,
                          flux_claims};

}  // namespace

std::vector<Finding> claims(const Input& input, const ToolClaims& tools) {
  std::vector<Finding> findings;
  if (tools.states.empty()) {
    return findings;
  }
  const ClaimBook book(input, tools);
  for (const Rule rule : rules) {
    std::ranges::move(rule(book), std::back_inserter(findings));
  }
  return findings;
}

Finding claim(std::string_view rule,
              Severity severity,
              const std::string& cell,
              const Value& object) {
  Finding finding;
  finding.rule = "gitops/" + std::string(rule);
  finding.severity = severity;
  finding.category = Category::gitops;
  finding.cells = {cell};
  finding.object = {.api_version = std::string(object.string_at({"apiVersion"})),
                    .kind = std::string(object.string_at({"kind"})),
                    .ns = std::string(object.string_at({"metadata", "namespace"})),
                    .name = std::string(object.string_at({"metadata", "name"}))};
  finding.component = finding.object.name;
  if (const Value* labels = object.find({"metadata", "labels"})) {
    finding.labels = *labels;
  }
  return finding;
}

Finding claim(std::string_view rule,
              Severity severity,
              const ToolState& tool,
              const ToolApplication& application) {
  Finding finding = claim(
      rule, severity, application.cell.empty() ? tool.cluster : application.cell, application.live);
  finding.object = application.object;
  finding.application = application.application;
  finding.component =
      application.component.empty() ? application.object.name : application.component;
  finding.source = application.mark;
  return finding;
}

Finding with_fingerprint(Finding finding) {
  std::vector<std::string_view> parts = parts_of(finding);
  parts.push_back(finding.what);
  finding.fingerprint = fingerprint(parts);
  return finding;
}

std::string name_of(const ToolApplication& application) {
  return describe(application.object);
}

std::optional<std::chrono::seconds> age_of(std::string_view time, Time now) {
  const std::optional<Time> at = parse_time(time);
  return at ? std::optional(now - *at) : std::nullopt;
}

std::string since_text(std::string_view time, Time now) {
  const std::optional<Time> at = parse_time(time);
  return at ? format_time(*at) + " (" + describe_age(now - *at) + " ago)" : "";
}

std::string quoted(std::string_view text) {
  return "\"" + cut(printable(text.substr(0, 4 * most_of_a_message)), most_of_a_message) + "\"";
}

std::string by_text(const std::optional<compare::Owner>& owner) {
  if (!owner) {
    return "";
  }
  return "; " + owner->manager + " did it" +
         (owner->time ? " at " + format_time(*owner->time) : "");
}

bool is_automated(const Value& application) {
  const Value* automated = application.find({"spec", "syncPolicy", "automated"});
  if (automated == nullptr || automated->is_null()) {
    return false;
  }
  const Value* enabled = automated->find("enabled");
  return enabled == nullptr || !enabled->is_bool() || enabled->as_bool();
}

bool is_suspended(const Value& object) {
  const Value* suspend = object.find({"spec", "suspend"});
  return suspend != nullptr && suspend->is_bool() && suspend->as_bool();
}

bool is_skipped(const Value& application) {
  const Value* annotations = application.find({"metadata", "annotations"});
  return annotations != nullptr && is_go_true(annotations->string_at({skip_annotation}));
}

bool is_go_true(std::string_view text) {
  static constexpr std::string_view words[] = {"1", "t", "T", "TRUE", "true", "True"};
  return std::ranges::find(words, text) != std::end(words);
}

// What Git does not state Argo CD does not compare.
bool argo_sees(const compare::ObjectResult& result) {
  using compare::Status;
  switch (result.status) {
    case Status::missing:
      return true;
    case Status::extra:
      return !result.orphan;
    case Status::drifted:
      return std::ranges::any_of(result.differences, [](const compare::Difference& difference) {
        return difference.change != compare::Change::added;
      });
    case Status::equal:
    case Status::unknown:
      break;
  }
  return false;
}

}  // namespace celldrift::audit
