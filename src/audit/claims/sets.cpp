// ApplicationSets that are not there, or that have errors.
#include "audit/claims/claims.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

using Address = std::pair<std::string, std::string>;

Address place_of(const Value& set) {
  return {std::string(set.string_at({"metadata", "namespace"})),
          std::string(set.string_at({"metadata", "name"}))};
}

// The cells that it makes Applications for.
std::vector<std::string> cells_of(const ClaimBook& book, const Address& set) {
  std::set<std::string> cells;
  for (const GitApplication& expected : book.tools().applications) {
    if (expected.ns == set.first && expected.application_set == set.second) {
      cells.insert(expected.cell);
    }
  }
  return {cells.begin(), cells.end()};
}

std::vector<std::string> cells_or(std::vector<std::string> cells, const std::string& other) {
  return cells.empty() ? std::vector{other} : std::move(cells);
}

Finding missing(const ClaimBook& book, const ExpectedSet& set) {
  Finding finding;
  finding.rule = "gitops/missing-set";
  finding.severity = Severity::error;
  finding.category = Category::gitops;
  finding.cells = cells_or(cells_of(book, {set.ns, set.name}), book.homes().front()->cluster);
  finding.component = set.name;
  finding.object = {.api_version = std::string(argo_version),
                    .kind = "ApplicationSet",
                    .ns = set.ns,
                    .name = set.name};
  finding.source = set.mark;
  finding.message = describe(finding.object) + " is not there, which Git has";
  return with_fingerprint(std::move(finding));
}

const Value* condition(const Value& set, std::string_view type, std::string_view status) {
  if (const Value* conditions = set.find({"status", "conditions"})) {
    for (const Value& each : conditions->items()) {
      if (each.string_at({"type"}) == type && each.string_at({"status"}) == status) {
        return &each;
      }
    }
  }
  return nullptr;
}

// Of several that tell of one error, the one that tells most.
const Value* error_of(const Value& set) {
  const Value* error = condition(set, "ErrorOccurred", "True");
  if (error == nullptr) {
    error = condition(set, "ParametersGenerated", "False");
  }
  return error == nullptr ? condition(set, "ResourcesUpToDate", "False") : error;
}

Finding broken(const ClaimBook& book, const ToolState& tool, const Value& set, const Value& error) {
  Finding finding = claim("set-error", Severity::warning, tool.cluster, set);
  finding.cells = cells_or(cells_of(book, place_of(set)), tool.cluster);
  const std::string since = since_text(error.string_at({"lastTransitionTime"}), tool.now);
  finding.reason = "Argo CD says " + quoted(error.string_at({"message"}));
  finding.message =
      describe(finding.object) + " has " +
      (error.string_at({"type"}) == "ErrorOccurred" ? "an error" : "not made its Applications") +
      (since.empty() ? "" : " since " + since) + "; " + finding.reason;
  return with_fingerprint(std::move(finding));
}

}  // namespace

std::vector<Finding> application_sets(const ClaimBook& book) {
  std::vector<Finding> findings;
  std::set<Address> live;
  for (const ToolState& tool : book.tools().states) {
    for (const ObjectKey& key : tool.compared_sets) {
      live.emplace(key.ns, key.name);
    }
    for (const Value& set : tool.sets) {
      const Address place = place_of(set);
      live.insert(place);
      const Value* error = error_of(set);
      if (error != nullptr && book.is_our_set(place.first, place.second)) {
        findings.push_back(broken(book, tool, set, *error));
      }
    }
  }
  for (const ExpectedSet& set : book.tools().sets) {
    if (!live.contains({set.ns, set.name}) && book.is_read(set.ns, &ToolState::has_sets)) {
      findings.push_back(missing(book, set));
    }
  }
  return findings;
}

}  // namespace celldrift::audit
